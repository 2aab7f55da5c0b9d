// What is typed outlives navigation, reload and an ended session.
import { useCallback, useState } from 'react';
import { isLike } from '../format/drafts';
import { DRAFT } from '../format/draftOwner';
import { isTyping } from '../format/keys';
import { readStored, writeStored } from './prefs';

interface Kept<T> {
  value: T;
  at: number;
}


/** How what an earlier version of the console has kept is read. */
export interface DraftReading<T> {
  /** Undefined for what cannot be read, which is forgotten; without it that is what has another shape. */
  read?: (kept: unknown) => T | undefined;
  /** The name that it was kept under. */
  formerly?: string;
}

export interface Draft<T> {
  value: T;
  set: (value: T) => void;
  /** Forgets what is kept and shows `initial` again: after saving. */
  clear: () => void;
  /** The same, and tells how to put it back. */
  discard: () => () => void;
  /** Takes the last edit of this visit back, if there is one; what is typed into one field is one edit. */
  undo: (() => void) | undefined;
  /** When it was typed, if it comes from an earlier visit. */
  restoredFrom: number | undefined;
}

interface Past<T> {
  values: T[];
  /** The field that was typed into last. */
  field: Element | null;
}

/** What is kept, under its name of now; what cannot be read is kept no longer. */
function takeKept<T>(name: string, initial: T, { read, formerly }: DraftReading<T>): Kept<T> | undefined {
  const key = DRAFT + name;
  const former = formerly === undefined ? undefined : DRAFT + formerly;
  const kept = (readStored(key) ?? (former && readStored(former))) as Partial<Kept<unknown>> | null | undefined;
  if (kept === undefined) return undefined;
  const value = read ? read(kept?.value) : isLike(kept?.value, initial) ? (kept?.value as T) : undefined;
  const found = value === undefined ? undefined : { value, at: kept?.at ?? Date.now() };
  if (former) writeStored(former, undefined);
  if (former || found === undefined) writeStored(key, found);
  return found;
}

/** State like useState, kept in this browser under a name that says what and whose it is. */
export function useDraft<T>(name: string, initial: T, reading: DraftReading<T> = {}): Draft<T> {
  const key = DRAFT + name;
  const [kept] = useState(() => takeKept(name, initial, reading));
  const [value, setValue] = useState(kept === undefined ? initial : kept.value);
  const [past, setPast] = useState<Past<T>>({ values: [], field: null });
  const [restoredFrom, setRestored] = useState(kept?.at);
  const show = useCallback(
    (next: T) => {
      writeStored(key, next === initial ? undefined : { value: next, at: Date.now() }); // at once: another page may read it next
      setValue(next);
    },
    [initial, key],
  );
  const set = useCallback(
    (next: T) => {
      const field = isTyping(document.activeElement) ? document.activeElement : null;
      setPast(({ values, field: before }) => ({ values: field !== null && field === before ? values : [...values, value], field }));
      show(next);
    },
    [show, value],
  );
  const clear = useCallback(() => {
    show(initial);
    setPast({ values: [], field: null });
    setRestored(undefined);
  }, [initial, show]);
  const discard = () => {
    clear();
    return () => show(value);
  };
  const undo = () => {
    show(past.values.at(-1) as T);
    setPast({ values: past.values.slice(0, -1), field: null });
  };
  return { value, set, clear, discard, undo: past.values.length > 0 ? undo : undefined, restoredFrom };
}
