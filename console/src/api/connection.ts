// Whether the server answers. Made of what calls meet, and of asking again until it does.
import { useSyncExternalStore } from 'react';

const ASK_EVERY = 2000; // milliseconds

export interface Connection {
  state: 'live' | 'reconnecting' | 'offline';
  /** When the server answered last. */
  since: number;
}

let connection: Connection = { state: navigator.onLine ? 'live' : 'offline', since: Date.now() };
let asking: ReturnType<typeof setInterval> | undefined;
let asked: Promise<void> | undefined;
const listeners = new Set<() => void>();
const whenBack = new Set<() => void>();
const whenSignedOut = new Set<() => void>();

function change(state: Connection['state'], since = connection.since) {
  connection = { state, since };
  listeners.forEach((tell) => tell());
}

/** An answer came, whatever it says. */
export function noteAnswer(response: Response): void {
  const was = connection.state;
  if (was !== 'live') {
    clearInterval(asking);
    asking = undefined;
    change('live', Date.now());
    whenBack.forEach((tell) => tell());
  } else {
    connection.since = Date.now();
  }
  if (response.status === 401) whenSignedOut.forEach((tell) => tell());
}

/** No answer came. That may be of one path only: the server is lost where it does not tell its health either. */
export function noteSilence(): void {
  if (!navigator.onLine) lose('offline');
  else if (connection.state !== 'reconnecting') void ask();
}

function lose(state: 'reconnecting' | 'offline'): void {
  if (connection.state !== state) change(state);
  asking ??= setInterval(() => void ask(), ASK_EVERY);
}

async function ask(): Promise<void> {
  if (!navigator.onLine) return;
  await (asked ??= hear().finally(() => (asked = undefined)));
}

async function hear(): Promise<void> {
  const answer = await fetch('/healthz').catch(() => undefined);
  if (answer?.ok) noteAnswer(answer);
  else lose(navigator.onLine ? 'reconnecting' : 'offline');
}

window.addEventListener('offline', noteSilence);
window.addEventListener('online', () => void ask());

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export const useConnection = (): Connection => useSyncExternalStore(listen, () => connection);

/** Calls when the server answers again after it did not. */
export function onBack(tell: () => void): () => void {
  whenBack.add(tell);
  return () => whenBack.delete(tell);
}

/** Calls when the server says that the session has ended. */
export function onSignedOut(tell: () => void): () => void {
  whenSignedOut.add(tell);
  return () => whenSignedOut.delete(tell);
}
