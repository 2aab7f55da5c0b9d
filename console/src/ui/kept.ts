// What a member has chosen for one list, kept in this browser under a name that says whose it is.
import { useState } from 'react';
import { readStored, writeStored } from './prefs';

/** `read` makes sense of what is kept, which may be anything. */
export function useKept<T>(name: string, read: (kept: unknown) => T): [T, (value: T) => void] {
  const [kept, setKept] = useState<{ name: string; value: T }>();
  const now = kept?.name === name ? kept : { name, value: read(readStored(name)) };
  if (now !== kept) setKept(now);
  const keep = (value: T) => {
    writeStored(name, value);
    setKept({ name, value });
  };
  return [now.value, keep];
}
