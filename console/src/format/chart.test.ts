import { describe, expect, it } from 'vitest';
import { gridLines, groupNear, runsOf, spreadLabels, stackAreas } from './chart';

it.each([
  [4, [], [[0, 3]]],
  [4, [1], [[0, 0], [2, 3]]],
  [3, [0, 2], [[1, 1]]],
  [2, [0, 1], []],
])('%i points without %j are the stretches %j', (points, gaps, runs) => {
  expect(runsOf(points, gaps)).toEqual(runs);
});

describe('areas', () => {
  it('lie upon each other, and reach from where a stretch begins to where it ends', () => {
    expect(stackAreas([[1, 2], [10, 0]], 2, [])).toEqual([
      [
        [
          { at: 0, low: 0, high: 1 },
          { at: 0.5, low: 0, high: 1 },
          { at: 1.5, low: 0, high: 2 },
          { at: 2, low: 0, high: 2 },
        ],
      ],
      [
        [
          { at: 0, low: 1, high: 11 },
          { at: 0.5, low: 1, high: 11 },
          { at: 1.5, low: 2, high: 2 },
          { at: 2, low: 2, high: 2 },
        ],
      ],
    ]);
  });

  it('have no piece where there is a gap, and one of a step between two', () => {
    const [pieces = []] = stackAreas([[5, 0, 7, 0]], 4, [1, 3]);
    expect(pieces.map((piece) => piece.map(({ at, high }) => [at, high]))).toEqual([
      [[0, 5], [0.5, 5], [1, 5]],
      [[2, 7], [2.5, 7], [3, 7]],
    ]);
  });
});

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 5, 10]],
  [60, [0, 20, 40, 60]],
  [61, [0, 25, 50, 75]],
  [812, [0, 500, 1000]],
  [1_238_904, [0, 500_000, 1_000_000, 1_500_000]],
])('up to %i there are lines at %j', (most, lines) => {
  expect(gridLines(most)).toEqual(lines);
});

it.each([
  [[10, 50], [10, 50]],
  [[10, 12], [10, 26]],
  [[12, 10], [26, 10]],
  [[95, 98, 99], [68, 84, 100]],
  [[-5], [0]],
])('labels that want %j stand at %j', (wanted, placed) => {
  expect(spreadLabels(wanted, 16, 0, 100)).toEqual(placed);
});

it('takes together what is near', () => {
  const things = [{ at: 30 }, { at: 1 }, { at: 5 }, { at: 32 }, { at: 60 }];
  expect(groupNear(things, 10)).toEqual([[{ at: 1 }, { at: 5 }], [{ at: 30 }, { at: 32 }], [{ at: 60 }]]);
});
