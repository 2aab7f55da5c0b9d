// What others change, as it happens: one connection for all tabs of a browser. The tab that holds the lock opens it and
// hands events on; when that tab closes, another gets the lock and goes on where the last event was.
import { useSyncExternalStore } from 'react';
import { asChange, type Change } from '../format/changes';

const NAME = 'flagstaff-stream';
const ADDRESS = '/api/v2/flagstaff/stream?changes=*';
const AGAIN_AFTER = 3000; // milliseconds, after a refusal; lost connections are the browser's own to mend

type Message =
  | { type: 'state'; isOpen: boolean }
  | { type: 'change'; change: Change }
  | { type: 'reload' }
  | { type: 'end' }
  | { type: 'asked' };

export interface StreamListener {
  onChange: (change: Change) => void;
  /** What was missed is not known: everything must be read anew. */
  onReload: () => void;
  /** The session has ended. */
  onEnd: () => void;
}

let isOpen = false;
const listeners = new Set<() => void>();

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

/** Follows the changes until the answered function is called. */
export function followChanges(listener: StreamListener): () => void {
  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  let position: number | undefined; // of the last change that this tab knows of
  let leader: Leader | undefined;
  const take = (message: Message) => {
    if (message.type === 'state') setOpen(message.isOpen);
    if (message.type === 'asked' && leader) channel.postMessage({ type: 'state', isOpen: leader.isOpen });
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
  channel.onmessage = (event: MessageEvent<Message>) => take(event.data);
  channel.postMessage({ type: 'asked' });
  const lead = () =>
    new Promise<void>((resolve) => {
      if (leaving.signal.aborted) {
        resolve();
        return;
      }
      leader = new Leader(tell, () => position);
      leaving.signal.addEventListener('abort', () => resolve());
    });
  void holdLock(leaving.signal, lead);
  return () => {
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

/** The connection itself. */
class Leader {
  isOpen = false;
  private source: EventSource | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: (message: Message) => void,
    private readonly position: () => number | undefined,
  ) {
    this.connect();
  }

  close(): void {
    clearTimeout(this.waiting);
    this.source?.close();
  }

  private connect(): void {
    const after = this.position();
    const source = new EventSource(after === undefined ? ADDRESS : `${ADDRESS}&after=${after}`);
    this.source = source;
    source.addEventListener('open', () => this.become(true));
    source.addEventListener('error', () => {
      this.become(false);
      if (source.readyState === EventSource.CLOSED) this.waiting = setTimeout(() => this.connect(), AGAIN_AFTER);
    });
    source.addEventListener('reload', () => this.tell({ type: 'reload' }));
    source.addEventListener('change', (event: MessageEvent<string>) =>
      this.tell({ type: 'change', change: asChange(event.data) }),
    );
    source.addEventListener('end', () => {
      this.close();
      this.become(false);
      this.tell({ type: 'end' });
    });
  }

  private become(isNow: boolean): void {
    this.isOpen = isNow;
    this.tell({ type: 'state', isOpen: isNow });
  }
}
