// Going from row to row of a table by keys, and picking rows on the way.
import { useRef, type RefObject } from 'react';
import { drawRange } from '../format/picking';
import { words } from '../strings/shared';
import { useShortcuts, type Shortcut } from './shortcuts';

const scope = 'row';

/** Rows that can be picked. */
export interface Picking<T> {
  picked: { has: (key: string) => boolean; size: number };
  /** Told of rows by their places, which need not be loaded. */
  onPick: (from: number, to: number, isPicked: boolean) => void;
  /** What the box of a row is called: “Pick Checkout redesign”. */
  label: (row: T) => string;
  /** Whether the boxes are shown although nothing is picked yet, as fingers need it. */
  isShown?: boolean;
  /** A row was held for a while. */
  onHold?: (index: number) => void;
}

/** A key that works on the row that has the focus. */
export interface RowKey<T> {
  keys: string;
  label: string;
  run: (row: T, element: HTMLElement) => void;
}

export interface RowKeys<T> {
  scroller: RefObject<HTMLDivElement | null>;
  total: number;
  isPicked: (index: number) => boolean;
  onPick: ((from: number, to: number, isPicked: boolean) => void) | undefined;
  scrollTo: (index: number) => void;
  row: (index: number) => T | undefined;
  more: RowKey<T>[];
}

/** J and K go from row to row by the first link or control of each; Enter then works it. With Shift they pick. */
export function useRowKeys<T>({ scroller, total, isPicked, onPick, scrollTo, row, more }: RowKeys<T>): void {
  const last = useRef(-1);
  const aim = useRef<number>(undefined); // the row that gets the focus with the next frame; keys come faster than frames
  const anchor = useRef<number>(undefined); // where the range that Shift draws begins
  const current = () => aim.current ?? focusedRow(scroller.current) ?? last.current;
  const focus = (index: number) => {
    last.current = index;
    aim.current = index;
    scrollTo(index);
    const before = document.activeElement;
    requestAnimationFrame(() => {
      if (aim.current !== index) return;
      aim.current = undefined;
      if (document.activeElement !== before) return; // another key has moved it since
      scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] :is(a, button)`)?.focus();
    });
  };
  const next = (by: number) => Math.min(Math.max(current() + by, 0), total - 1);
  const go = (by: number) => {
    anchor.current = undefined;
    if (next(by) >= 0) focus(next(by));
  };
  const draw = (by: number) => {
    const from = current();
    if (from < 0) return;
    anchor.current ??= from;
    const step = drawRange(anchor.current, from, next(by));
    onPick?.(step.from, step.to, step.isPicked);
    focus(next(by));
  };
  const pick = () => {
    anchor.current = undefined;
    if (current() >= 0) onPick?.(current(), current(), !isPicked(current()));
  };
  const act = (run: RowKey<T>['run']) => {
    const index = current();
    const [found, element] = [row(index), scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)];
    if (found !== undefined && element) run(found, element);
  };
  const picking: Shortcut[] = [
    { keys: 'x', label: words.pickRow, run: pick, scope },
    { keys: 'shift+j', label: words.pickOn, run: () => draw(1), scope },
    { keys: 'shift+k', label: words.pickBack, run: () => draw(-1), scope },
  ];
  useShortcuts([
    { keys: 'j', label: words.nextRow, run: () => go(1), scope },
    { keys: 'k', label: words.rowBefore, run: () => go(-1), scope },
    ...(onPick ? picking : []),
    ...more.map(({ keys, label, run }): Shortcut => ({ keys, label, run: () => act(run), scope, notWhileTyping: true })),
  ]);
}

function focusedRow(scroller: HTMLElement | null): number | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]');
  return row && scroller?.contains(row) ? Number(row.dataset.row) : undefined;
}
