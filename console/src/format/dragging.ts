// Ordering a list by dragging: which place is meant.

const EDGE = 56; // pixels from the edge of the window where it begins to scroll
const FASTEST = 14; // pixels at once

/** The place in a list that a pointer means, by the middles of all others in their order. */
export const placeAt = (middles: number[], y: number) => middles.filter((middle) => middle < y).length;

/** On which side of the item at `place` a line shows where `from` would come to stand; undefined for all others. */
export function lineAt(place: number, from: number, to: number): 'before' | 'after' | undefined {
  if (place !== to || from === to) return undefined;
  return to < from ? 'before' : 'after';
}

/** How far a window of this height scrolls while a pointer stays there; nothing between its edges. */
export function scrollStep(y: number, height: number): number {
  const share = (distance: number) => Math.ceil(FASTEST * Math.min(1, 1 - distance / EDGE));
  if (y < EDGE) return -share(Math.max(0, y));
  return height - y < EDGE ? share(Math.max(0, height - y)) : 0;
}

/** A list with the item at one place put at another. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const others = list.filter((_, place) => place !== from);
  return [...others.slice(0, to), ...list.slice(from, from + 1), ...others.slice(to)];
}
