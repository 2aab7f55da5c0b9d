import { describe, expect, it } from 'vitest';
import { drawRange } from './picking';

describe('a range of rows', () => {
  it.each([
    [2, 2, 3, 2, 3, true],
    [2, 3, 4, 3, 4, true],
    [2, 4, 3, 4, 4, false],
    [2, 2, 1, 1, 2, true],
    [2, 1, 2, 1, 1, false],
    [0, 0, 0, 0, 0, true],
  ])('from %i that ended at %i and is drawn to %i', (anchor, before, to, first, last, isPicked) => {
    expect(drawRange(anchor, before, to)).toEqual({ from: first, to: last, isPicked });
  });
});
