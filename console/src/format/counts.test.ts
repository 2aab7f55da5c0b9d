import { expect, it } from 'vitest';
import { cellsOf, countTicks, extremesOf, linesOf, readSpan, stepsOf, type Count } from './counts';

const MINUTE = 60_000;
const at = (minute: number, streams: number, polling = 0): Count => ({ at: minute * MINUTE, streams, mostStreams: streams + 1, polling, mostPolling: polling });
const history = (counts: Count[]) => ({ begin: 10 * MINUTE, step: MINUTE, points: 4, counts });

it('puts each count into its step, and nothing where nobody counted', () => {
  const [first, last] = [at(10, 2), at(13, 5)];
  expect(stepsOf(history([first, last]))).toEqual([first, undefined, undefined, last]);
});

it('draws a line for each stretch without a gap, from where its first step begins to where its last one ends', () => {
  const lines = linesOf(stepsOf(history([at(10, 2), at(12, 3), at(13, 5)])), 'streams');
  expect(lines.map((line) => line.map(({ place, low, high }) => [place, low, high]))).toEqual([
    [[0, 2, 3], [0.5, 2, 3], [1, 2, 3]],
    [[2, 3, 4], [2.5, 3, 4], [3.5, 5, 6], [4, 5, 6]],
  ]);
});

it('finds the fewest and the most of each kind, and when', () => {
  const counts = [at(0, 5, 2), at(1, 9, 2), at(2, 3, 7), at(3, 3, 0), at(4, 9, 1)];
  expect(extremesOf(counts, 'streams')).toEqual({ fewest: counts[2], most: counts[1] });
  expect(extremesOf(counts, 'polling')).toEqual({ fewest: counts[3], most: counts[2] });
});

it.each([
  ['no counts', []],
  ['no connections', [at(0, 3), at(1, 3)]],
])('of %s there are no extremes', (_, counts) => {
  expect(extremesOf(counts, 'polling')).toBeUndefined();
});

it('leaves the lines of a table empty where nobody counted', () => {
  expect(cellsOf([at(0, 5, 2), undefined])).toEqual([[5, 6, 2, 2], ['', '', '', '']]);
});

it('keeps the hours away from now', () => {
  const begin = new Date(2026, 10, 22, 10, 0).getTime();
  const ticks = countTicks({ begin, step: 15 * MINUTE, points: 17, counts: [] });
  expect(ticks).toEqual([
    { at: 0, label: '10:00' },
    { at: 8, label: '12:00' },
    { at: 17, label: 'now' },
  ]);
});

it.each([
  ['', '24h'],
  ['span=7d', '7d'],
  ['span=9d', '24h'],
])('of the address %s the span is %s', (search, span) => {
  expect(readSpan(new URLSearchParams(search))).toBe(span);
});
