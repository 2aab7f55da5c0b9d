import { describe, expect, it } from 'vitest';
import { countsOf, kindsName, readSpan, spanWith, sumsBefore, tooFew } from './evaluations';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

it.each([
  ['', '24h'],
  ['?span=7d', '7d'],
  ['?span=toString', '24h'],
  ['?span=1y', '24h'],
])('%s shows %s', (search, span) => {
  expect(readSpan(new URLSearchParams(search))).toBe(span);
});

it.each([
  [2, '24h', undefined],
  [30, '24h', '7d'],
  [24 * 20, '24h', '30d'],
  [24 * 60, '24h', undefined],
  [30, '30d', '7d'],
] as const)('what was asked for %i hours ago is not in %s but in %s', (ago, current, span) => {
  expect(spanWith(NOW - ago * HOUR, NOW, current)).toBe(span);
});

it.each([
  [0, undefined],
  [12, '12 evaluations are too few to read shares from.'],
  [1, '1 evaluation is too little to read shares from.'],
  [100, undefined],
])('of %i it says %s', (count, told) => {
  expect(tooFew(count)).toBe(told);
});

it('lists every point, gaps as nothing', () => {
  const layers = [
    { label: 'true', series: [3, 0, 4] },
    { label: 'false', series: [1, 0, 0] },
  ];
  expect(countsOf(layers, 3, [1])).toEqual([
    [3, 1, 4],
    ['', '', ''],
    [4, 0, 4],
  ]);
});

it('names kinds that were evaluated together', () => {
  expect([kindsName([]), kindsName(['user']), kindsName(['org', 'user'])]).toEqual(['not told', 'user', 'org with user']);
});

describe('the week before', () => {
  const points = { step: HOUR, points: 3, gaps: [1], variations: [{ series: [1, 0, 2] }, { series: [3, 0, 4] }] };
  const found = { ...points, begin: NOW };

  it('is summed up point by point, with its own gaps', () => {
    expect(sumsBefore(found, { ...points, begin: NOW - 168 * HOUR })).toEqual([4, undefined, 6]);
  });

  it.each([
    ['was not asked for', undefined],
    ['begins at another time of the week', { ...points, begin: NOW - 167 * HOUR }],
    ['has other steps', { ...points, begin: NOW - 168 * HOUR, step: 2 * HOUR }],
  ])('is not shown where it %s', (_, earlier) => {
    expect(sumsBefore(found, earlier)).toBeUndefined();
  });
});
