// What is typed outlives navigation, reload and an ended session.
import { useCallback, useState } from 'react';
import { readStored, writeStored } from './prefs';

interface Kept<T> {
  value: T;
  at: number;
}

const PREFIX = 'flagstaff-draft:';

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
  const set = useCallback(
    (next: T) => {
      writeStored(key, { value: next, at: Date.now() }); // at once: another page may read it next
      setValue(next);
    },
    [key],
  );
  const clear = useCallback(() => {
    writeStored(key, undefined);
    setValue(initial);
    setRestored(undefined);
  }, [initial, key]);
  return { value, set, clear, restoredFrom };
}
