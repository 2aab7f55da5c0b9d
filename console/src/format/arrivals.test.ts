import { expect, it } from 'vitest';
import { curveOf, pointBy, readable, shareBy, stragglersOf, usualArrivals } from './arrivals';

it('draws from nothing to all', () => {
  expect(curveOf([2, 5])).toEqual([
    { ms: 0, share: 0 },
    { ms: 2, share: 0.5 },
    { ms: 5, share: 1 },
  ]);
});

it.each([
  ['two changes', [[1], [2]], undefined],
  ['three, of which one reached nobody', [[1], [2], []], undefined],
  ['three', [[1, 9], [2, 4], [30, 5]], [2, 5]],
  ['four', [[1], [2], [4], [30]], [3]],
])('of %s the usual is told', (_, changes, usual) => {
  expect(usualArrivals(changes)).toEqual(usual);
});

it('names who is behind, the most first', () => {
  const holder = { sdk: 'PythonClient', application: '', connections: 3, upToDate: 3 };
  expect(
    stragglersOf([
      holder,
      { ...holder, upToDate: 2 },
      { ...holder, application: 'till', upToDate: 0 },
      { ...holder, application: 'till', sdk: 'GoClient', upToDate: 2 },
    ]),
  ).toEqual([
    { name: 'till', behind: 4 },
    { name: 'PythonClient', behind: 1 },
  ]);
});

it('is read point by point, of several at the same time the last', () => {
  const points = readable(curveOf([2, 2, 5, 5]));
  expect(points).toEqual([
    { ms: 0, share: 0 },
    { ms: 2, share: 0.5 },
    { ms: 5, share: 1 },
  ]);
  expect([-1, 1, 2, 4, 9].map((ms) => pointBy(points, ms))).toEqual([0, 0, 1, 1, 2]);
  expect([-1, 1, 4, 9].map((ms) => shareBy(points, ms))).toEqual([0, 0, 0.5, 1]);
});
