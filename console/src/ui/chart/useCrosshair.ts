// A place on a chart that the mouse or the arrow keys choose, among points from the left to the right.
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Field } from './Plot';

export interface Crosshair {
  /** The chosen point; undefined while none is. */
  at: number | undefined;
  /** For the element that has the focus. */
  keys: { onKeyDown: (event: KeyboardEvent) => void; onFocus: () => void; onBlur: () => void };
  /** For the element that is as large as the chart. */
  pointer: (field: Field, place: (value: number) => number) => {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
  };
}

export function useCrosshair(points: number): Crosshair {
  const [chosen, choose] = useState<number>();
  const last = points - 1;
  const at = chosen === undefined ? undefined : Math.min(last, Math.max(0, chosen));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = NEXT[event.key]?.(at ?? last, last);
    if (next === undefined) return;
    event.preventDefault();
    choose(Math.min(last, Math.max(0, next)));
  };
  return {
    at,
    keys: { onKeyDown, onFocus: () => choose(at ?? last), onBlur: () => choose(undefined) },
    pointer: ({ left, right, valueAt }, place) => ({
      onPointerMove: ({ clientX, currentTarget }) => {
        const pixels = clientX - currentTarget.getBoundingClientRect().left;
        choose(pixels < left || pixels > right ? undefined : place(valueAt(pixels)));
      },
      onPointerLeave: () => choose(undefined),
    }),
  };
}

const PAGE = 10; // points

const NEXT: Record<string, ((at: number, last: number) => number) | undefined> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at) => at - PAGE,
  PageDown: (at) => at + PAGE,
  Home: () => 0,
  End: (_, last) => last,
};
