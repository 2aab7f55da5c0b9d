// What is typed outlives navigation, reload and an ended session.
import { useCallback, useEffect, useState } from 'react';
import { readStored, writeStored } from './prefs';

interface Kept<T> {
  value: T;
  at: number;
}

const PREFIX = 'flagstaff-draft:';
const KEEP_AFTER = 250; // milliseconds without a key

export interface Draft<T> {
  value: T;
  set: (value: T) => void;
  /** Forgets what is kept and shows `initial` again: after saving, or when it is discarded. */
  clear: () => void;
  /** When it was typed, if it comes from an earlier visit. */
  restoredFrom: number | undefined;
}

/** State like useState, kept in this browser under a name that says what and whose it is. */
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const key = PREFIX + name;
  const [kept] = useState(() => readStored(key) as Kept<T> | undefined);
  const [value, setValue] = useState(kept === undefined ? initial : kept.value);
  const [restoredFrom, setRestored] = useState(kept?.at);
  const [isChanged, setChanged] = useState(false);
  useEffect(() => {
    if (!isChanged) return;
    const waiting = setTimeout(() => writeStored(key, { value, at: Date.now() }), KEEP_AFTER);
    return () => clearTimeout(waiting);
  }, [isChanged, key, value]);
  const set = useCallback((next: T) => {
    setValue(next);
    setChanged(true);
  }, []);
  const clear = useCallback(() => {
    writeStored(key, undefined);
    setValue(initial);
    setChanged(false);
    setRestored(undefined);
  }, [initial, key]);
  return { value, set, clear, restoredFrom };
}
