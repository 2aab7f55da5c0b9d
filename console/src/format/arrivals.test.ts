import { expect, it } from 'vitest';
import { curveOf, pointBy, readable, shareBy, stragglersOf, tellBehind, usualArrivals } from './arrivals';

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

it.each<[number, number, [string, string] | undefined]>([
  [4, 4, undefined],
  [0, 0, undefined],
  [4, 3, ['1 stream of kiosk holds an older version.', 'It serves what was set before. The other 3 are up to date.']],
  [3, 1, ['2 streams of kiosk hold an older version.', 'They serve what was set before. The other one is up to date.']],
  [2, 0, ['2 streams of kiosk hold an older version.', 'They serve what was set before.']],
])('of %i streams with %i that are up to date it is told who is not', (connections, upToDate, told) => {
  expect(tellBehind({ connections, upToDate, sdks: [{ sdk: 'GoClient', application: 'kiosk', connections, upToDate }] })).toEqual(told);
});

it('names a few of many who are behind', () => {
  const sdks = ['a', 'b', 'c', 'd', 'e'].map((application) => ({ sdk: 'GoClient', application, connections: 1, upToDate: 0 }));
  expect(tellBehind({ connections: 5, upToDate: 0, sdks })?.[0]).toBe('5 streams of a, b, c and 2 more hold an older version.');
});
