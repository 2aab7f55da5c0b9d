import { expect, it } from 'vitest';
import { leftInWords, noteSample, timeLeft, type Sample } from './pace';

const samples = (...pairs: [seconds: number, done: number][]): Sample[] => pairs.map(([seconds, done]) => ({ at: seconds * 1000, done }));

it.each([
  ['nothing yet', samples(), undefined],
  ['one look', samples([0, 10]), undefined],
  ['two looks that are too near', samples([0, 10], [1, 20]), undefined],
  ['no progress', samples([0, 10], [5, 10]), undefined],
  ['a steady pace', samples([0, 0], [1, 50], [4, 200]), 16_000],
  ['all being in', samples([0, 0], [4, 1000]), undefined],
])('from %s it tells what is left', (_, found, left) => {
  expect(timeLeft(found, 1000)).toBe(left);
});

it('is of the last seconds', () => {
  const found = noteSample(samples([0, 0], [30, 10], [40, 500]), { at: 50_000, done: 900 }, true);
  expect(found).toEqual(samples([30, 10], [40, 500], [50, 900]));
});

it.each([
  ['rests', { at: 9000, done: 500 }, false, []],
  ['begins anew', { at: 9000, done: 3 }, true, samples([9, 3])],
])('is forgotten of what %s', (_, one, isRunning, kept) => {
  expect(noteSample(samples([0, 0], [8, 400]), one, isRunning)).toEqual(kept);
});

it.each([
  [900, 'about 5 s left'],
  [12_000, 'about 15 s left'],
  [56_000, 'about 1 min left'],
  [130_000, 'about 2 min left'],
  [2.1 * 3_600_000, 'about 2 h left'],
])('says %i milliseconds as %s', (ms, text) => {
  expect(leftInWords(ms)).toBe(text);
});
