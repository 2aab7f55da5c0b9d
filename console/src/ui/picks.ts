// What is picked of a long list: kept while it is scrolled and filtered.
import { useState } from 'react';

export interface Picks<T> {
  rows: ReadonlyMap<string, T>;
  change: (rows: readonly T[], isPicked: boolean) => void;
  /** Without rows none stays picked. */
  keep: (rows?: readonly T[]) => void;
}

/** `list` names what is picked from; of another list nothing is picked. */
export function usePicks<T extends { key: string }>(list: string): Picks<T> {
  const [kept, setKept] = useState<{ list: string; rows: ReadonlyMap<string, T> }>({ list, rows: new Map() });
  const rows = kept.list === list ? kept.rows : none;
  const change = (changed: readonly T[], isPicked: boolean) =>
    setKept((before) => {
      const after = new Map(before.list === list ? before.rows : none);
      for (const row of changed) {
        if (isPicked) after.set(row.key, row);
        else after.delete(row.key);
      }
      return { list, rows: after };
    });
  const keep = (left: readonly T[] = []) => setKept({ list, rows: new Map(left.map((row) => [row.key, row])) });
  return { rows, change, keep };
}

const none: ReadonlyMap<string, never> = new Map<string, never>();
