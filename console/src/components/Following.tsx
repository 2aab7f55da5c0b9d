// Keeps what is shown current: what others change is read anew, and those who draw it are told.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { sessionQuery } from '../api/auth';
import { Collector } from '../api/collecting';
import { isOwn } from '../api/ownChanges';
import { followChanges, type StreamListener } from '../api/stream';
import { isOutdated, touches, type Change } from '../format/changes';

const GLOWS = 2400; // milliseconds

const watchers = new Set<(change: Change) => void>();

/** Follows the stream while somebody is signed in; `session` is theirs. */
export function Following({ session }: { session: string }) {
  const client = useQueryClient();
  useEffect(() => {
    const collected = new Collector<Change>((changes) => readAnew(client, changes));
    const begin = client.getQueryData(sessionQuery.queryKey)?.position ?? 0;
    const listener: StreamListener = {
      onChange: (change) =>
        void isOwn(change.position).then((isFromHere) => {
          collected.add(change, isFromHere);
          if (!isFromHere) watchers.forEach((tell) => tell(change));
        }),
      onPreferences: () => void client.invalidateQueries({ queryKey: ['preferences'] }),
      onReload: () => void client.invalidateQueries(),
      onEnd: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] }),
    };
    const stop = followChanges(listener, begin);
    return () => {
      stop();
      collected.stop();
    };
  }, [client, session]);
  return null;
}

/** Reads anew what the changes have made old, as far as it is shown. */
const readAnew = (client: QueryClient, changes: Change[]) =>
  client.invalidateQueries({ predicate: ({ queryKey }) => changes.some((change) => isOutdated(queryKey, change)) });

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
