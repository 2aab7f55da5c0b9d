import { expect, it } from 'vitest';
import { lineAt, moved, placeAt, scrollStep } from './dragging';

it.each([
  [[], 50, 0],
  [[100, 200], 50, 0],
  [[100, 200], 150, 1],
  [[100, 200], 250, 2],
])('finds the place among %o at %i', (middles, y, place) => {
  expect(placeAt(middles, y)).toBe(place);
});

it.each([
  [0, 2, 0, 'before'],
  [2, 0, 2, 'after'],
  [1, 0, 2, undefined],
  [1, 1, 1, undefined],
])('draws the line at item %i when %i goes to %i: %s', (place, from, to, side) => {
  expect(lineAt(place, from, to)).toBe(side);
});

it.each([
  [300, 0],
  [0, -14],
  [-20, -14],
  [55, -1],
  [600, 14],
  [640, 14],
])('scrolls at %i of 600 by %i', (y, step) => {
  expect(scrollStep(y, 600)).toBe(step);
});

it.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
])('moves %i to %i: %s', (from, to, after) => {
  expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(after);
});
