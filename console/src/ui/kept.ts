// What a member has chosen for one list, kept in this browser under a name that says whose it is: it is there at
// once, in every tab. The server has it, too, for the member's other browsers (components/KeptOnServer.tsx).
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { readStored, writeStored } from './prefs';

const listeners = new Set<() => void>();
const texts = new Map<string, string>(); // of what has been read; all there is where a browser keeps nothing

const asText = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));

function textOf(name: string): string {
  const known = texts.get(name) ?? asText(readStored(name));
  texts.set(name, known);
  return known;
}

export const readKept = (name: string): unknown => (textOf(name) === '' ? undefined : JSON.parse(textOf(name)));

/** Keeps a value, or forgets it. */
export function keep(name: string, value: unknown): void {
  texts.set(name, asText(value));
  writeStored(name, value);
  listeners.forEach((tell) => tell());
}

/** Where it is kept that something was chosen here which the server may not know yet: when it was. */
export const unsentName = (name: string) => `${name}:unsent`;

/** Keeps what the member has just chosen, for the server as well. */
export function choose(name: string, value: unknown): void {
  keep(name, value);
  keep(unsentName(name), performance.timeOrigin + performance.now()); // two choices never have one time
}

function subscribe(tell: () => void): () => void {
  const elsewhere = ({ key }: StorageEvent) => {
    texts.delete(key ?? '');
    tell();
  };
  listeners.add(tell);
  window.addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('storage', elsewhere);
  };
}

/** The text of what is kept under a name. */
export const useKeptText = (name: string): string => useSyncExternalStore(subscribe, () => textOf(name));

/** `read` makes sense of what is kept, which may be anything. */
export function useKept<T>(name: string, read: (kept: unknown) => T): [T, (value: T) => void] {
  const text = useKeptText(name);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the text is that of the name
  const value = useMemo(() => read(readKept(name)), [text, name, read]);
  return [value, useCallback((next: T) => choose(name, next), [name])];
}
