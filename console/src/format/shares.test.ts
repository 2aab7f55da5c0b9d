import { expect, it } from 'vitest';
import { boundariesOf, dealsAnew, moveBoundary, settler, shifted, stepOfKey, weightsOf, withWeights } from './shares';
import type { Rollout } from './steps';

it('reads and writes the share of every variation', () => {
  const rollout = { variations: [{ variation: 2, weight: 40_000 }, { variation: 0, weight: 60_000 }], bucketBy: 'country' };
  expect(weightsOf(rollout, 3)).toEqual([60_000, 0, 40_000]);
  expect(withWeights(rollout, [100_000, 0])).toEqual({
    variations: [{ variation: 0, weight: 100_000 }, { variation: 1, weight: 0 }],
    bucketBy: 'country',
  });
});

it('knows where shares end', () => {
  expect(boundariesOf([25_000, 15_000, 60_000])).toEqual([25_000, 40_000]);
});

it.each([
  [0, 35_000, [35_000, 5_000, 60_000]],
  [1, 50_000, [25_000, 25_000, 50_000]],
  [0, 90_000, [40_000, 0, 60_000]],
  [1, 0, [25_000, 0, 75_000]],
  [0, 33_333.4, [33_333, 6_667, 60_000]],
])('moves the boundary %i to %d, as far as its neighbours reach', (at, end, after) => {
  expect(moveBoundary([25_000, 15_000, 60_000], at, end)).toEqual(after);
});

it.each([
  ['ArrowRight', false, 1_000],
  ['ArrowLeft', true, -10_000],
  ['PageUp', false, 10_000],
  ['Home', true, -100_000],
  ['Enter', false, undefined],
])('moves by %s (shift %s) by %d', (key, isShift, step) => {
  expect(stepOfKey(key, isShift)).toBe(step);
});

it.each([
  [[30_000, 50_000], 20_000, 1],
  [[80_000, 50_000], -30_000, 0],
])('settles %o by %i at share %i', (weights, missing, at) => {
  expect(settler(weights, missing)).toBe(at);
});

const split = (...shares: [variation: number, weight: number][]): Rollout => ({
  variations: shares.map(([variation, weight]) => ({ variation, weight })),
});

it.each<[string, Rollout, Rollout, [number, number, number][], number]>([
  ['nothing', split([0, 25_000], [1, 75_000]), split([0, 25_000], [1, 75_000]), [], 0],
  ['the boundary of two', split([0, 25_000], [1, 75_000]), split([0, 35_000], [1, 65_000]), [], 10_000],
  ['the first of three, which pushes the second', split([0, 25_000], [1, 15_000], [2, 60_000]), split([0, 35_000], [1, 15_000], [2, 50_000]), [[1, 10_000, 10_000]], 20_000],
  ['the same in another order', split([0, 25_000], [2, 60_000], [1, 15_000]), split([0, 35_000], [2, 50_000], [1, 15_000]), [], 10_000],
  ['so much that nothing stays', split([0, 10_000], [1, 10_000], [2, 80_000]), split([0, 40_000], [1, 10_000], [2, 50_000]), [[1, 10_000, 10_000]], 40_000],
  ['to a variation that was not in it', split([0, 100_000]), split([0, 50_000], [1, 50_000]), [], 50_000],
])('says what is pushed along by changing %s', (_, before, after, pushed, moved) => {
  expect(shifted(before, after)).toEqual({ pushed: pushed.map(([variation, lost, gained]) => ({ variation, lost, gained })), moved });
});

it.each<[Partial<Rollout>, boolean]>([
  [{}, false],
  [{ contextKind: 'user', bucketBy: 'key' }, false],
  [{ bucketBy: 'country' }, true],
  [{ contextKind: 'organization' }, true],
  [{ seed: 7 }, true],
])('a split with %j deals anew: %s', (change, is) => {
  expect(dealsAnew(split([0, 100_000]), { ...split([0, 100_000]), ...change })).toBe(is);
});
