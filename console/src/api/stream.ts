// What others change, and what SDKs tell, as it happens: one connection for all tabs of a browser. The tab that holds the
// lock opens it and hands events on; when that tab closes, another gets the lock and goes on where the last event was.
import { useSyncExternalStore } from 'react';
import type { Change } from '../format/changes';
import type { Live } from '../format/live';
import { noteSilence } from './connection';
import { Leader, type News } from './leader';

const NAME = 'flagstaff-stream';

type Message = News | { type: 'asked' } | { type: 'wants'; tab: string; live: string[] };

export interface StreamListener {
  onChange: (change: Change) => void;
  /** The member has chosen something for the lists, perhaps in another browser. */
  onPreferences: () => void;
  /** What was missed is not known: everything must be read anew. */
  onReload: () => void;
  /** The session has ended. */
  onEnd: () => void;
}

let isOpen = false;
const listeners = new Set<() => void>();
const watchers = new Map<string, Set<(live: Live) => void>>(); // of this tab, by environment
let announce: (() => void) | undefined;

function setOpen(now: boolean) {
  if (isOpen === now) return;
  isOpen = now;
  listeners.forEach((tell) => tell());
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Whether changes of others arrive. */
export const useStreamOpen = (): boolean => useSyncExternalStore(listen, () => isOpen);

/** Tells of what SDKs tell of an environment, until the answered function is called. */
export function watchLive(project: string, environment: string, tell: (live: Live) => void): () => void {
  const name = `${project}/${environment}`;
  const ofName = watchers.get(name) ?? new Set();
  watchers.set(name, ofName.add(tell));
  announce?.();
  return () => {
    ofName.delete(tell);
    if (ofName.size === 0) watchers.delete(name);
    announce?.();
  };
}

/** Follows the changes until the answered function is called: all after `begin`, the position before all that is shown. */
export function followChanges(listener: StreamListener, begin: number): () => void {
  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  const tab = `${Date.now()}-${Math.random()}`;
  const wanted = new Map<string, string[]>(); // environments by tab
  let position = begin; // of the last change that this tab knows of
  let leader: Leader | undefined;
  const allWanted = () => [...new Set([...wanted.values()].flat())].sort();
  const take = (message: Message) => {
    if (message.type === 'state') {
      setOpen(message.isOpen);
      if ((message.position ?? 0) > position) listener.onReload(); // told before this tab listened
      if (!message.isOpen) noteSilence(); // the stream may be what tells first that the server is gone
    }
    if (message.type === 'asked') answer();
    if (message.type === 'wants') {
      wanted.set(message.tab, message.live);
      leader?.follow(allWanted());
    }
    if (message.type === 'live') watchers.get(message.live.environment)?.forEach((tellOne) => tellOne(message.live));
    if (message.type === 'preferences') listener.onPreferences();
    if (message.type === 'reload') listener.onReload();
    if (message.type === 'end') listener.onEnd();
    if (message.type === 'change') {
      position = message.change.position;
      listener.onChange(message.change);
    }
  };
  const tell = (message: Message) => {
    channel.postMessage(message);
    take(message);
  };
  const want = (live: string[]) => tell({ type: 'wants', tab, live });
  const answer = () => {
    if (leader) channel.postMessage({ type: 'state', isOpen: leader.isOpen, position });
    if (watchers.size > 0) want([...watchers.keys()]);
  };
  const leave = () => want([]);
  channel.onmessage = (event: MessageEvent<Message>) => take(event.data);
  channel.postMessage({ type: 'asked' });
  announce = () => want([...watchers.keys()]);
  announce();
  window.addEventListener('pagehide', leave);
  const lead = () =>
    new Promise<void>((resolve) => {
      if (leaving.signal.aborted) {
        resolve();
        return;
      }
      leader = new Leader(tell, () => position, allWanted());
      leaving.signal.addEventListener('abort', () => resolve());
    });
  void holdLock(leaving.signal, lead);
  return () => {
    window.removeEventListener('pagehide', leave);
    leave();
    announce = undefined;
    leaving.abort();
    leader?.close();
    channel.close();
    setOpen(false);
  };
}

/** Where there are no locks (pages over plain HTTP from elsewhere), each tab has a connection of its own. */
async function holdLock(signal: AbortSignal, lead: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return lead();
  await navigator.locks.request(NAME, { signal }, lead).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
