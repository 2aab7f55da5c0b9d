// Keeps what is shown current: what others change is read anew, and those who draw it are told.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isOwn } from '../api/connection';
import { sessionQuery } from '../api/auth';
import { followChanges } from '../api/stream';
import { isOutdated, touches, type Change } from '../format/changes';

const TOGETHER = 200; // milliseconds in which changes are collected, so that many are one reading
const GLOWS = 2400;

const watchers = new Set<(change: Change) => void>();

/** Follows the stream while somebody is signed in; `session` is theirs. */
export function Following({ session }: { session: string }) {
  const client = useQueryClient();
  useEffect(() => {
    const collected = new Collector(client);
    const stop = followChanges({
      onChange: (change) => {
        collected.add(change);
        if (!isOwn(change.position)) watchers.forEach((tell) => tell(change));
      },
      onReload: () => void client.invalidateQueries(),
      onEnd: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] }),
    });
    return () => {
      stop();
      collected.stop();
    };
  }, [client, session]);
  return null;
}

class Collector {
  private changes: Change[] = [];
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: QueryClient) {}

  add(change: Change): void {
    this.changes.push(change);
    this.waiting ??= setTimeout(() => this.read(), TOGETHER);
  }

  stop(): void {
    clearTimeout(this.waiting);
  }

  private read(): void {
    const changes = this.changes;
    this.changes = [];
    this.waiting = undefined;
    void this.client.invalidateQueries({
      predicate: ({ queryKey }) => changes.some((change) => isOutdated(queryKey, change)),
    });
  }
}

/** The keys of what others have changed a moment ago, of one kind in one environment. */
export function useGlowing(kind: string, project: string, environment: string): ReadonlySet<string> {
  const [glowing, setGlowing] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const waiting = new Set<ReturnType<typeof setTimeout>>();
    const glow = (change: Change) => {
      if (!touches(change, kind, project, environment)) return;
      setGlowing((before) => new Set([...before, change.key]));
      const end = setTimeout(() => {
        waiting.delete(end);
        setGlowing((before) => new Set([...before].filter((key) => key !== change.key)));
      }, GLOWS);
      waiting.add(end);
    };
    watchers.add(glow);
    return () => {
      watchers.delete(glow);
      waiting.forEach(clearTimeout);
      setGlowing(new Set());
    };
  }, [kind, project, environment]);
  return glowing;
}
