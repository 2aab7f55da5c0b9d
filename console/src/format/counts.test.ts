import { expect, it } from 'vitest';
import { countTicks, extremesOf, stretchesOf, type Count } from './counts';

const MINUTE = 60_000;
const at = (minute: number, streams: number, polling = 0): Count => ({ at: minute * MINUTE, streams, polling });

it.each([
  ['nothing', [], []],
  ['one count', [0], [[0]]],
  ['every minute', [0, 1, 2], [[0, 1, 2]]],
  ['one that came late', [0, 2, 3], [[0, 2, 3]]],
  ['a pause', [0, 1, 4, 5], [[0, 1], [4, 5]]],
])('of %s makes stretches without gaps', (_, minutes, stretches) => {
  const found = stretchesOf(minutes.map((minute) => at(minute, 1)));
  expect(found.map((one) => one.map((count) => count.at / MINUTE))).toEqual(stretches);
});

it('finds the fewest and the most of each kind, and when', () => {
  const counts = [at(0, 5, 2), at(1, 9, 2), at(2, 3, 7), at(3, 3, 0), at(4, 9, 1)];
  expect(extremesOf(counts, 'streams')).toEqual({ fewest: counts[2], most: counts[1] });
  expect(extremesOf(counts, 'polling')).toEqual({ fewest: counts[3], most: counts[2] });
});

it.each([
  ['no counts', []],
  ['no connections', [at(0, 0, 3), at(1, 0, 3)]],
])('of %s there are no extremes', (_, counts) => {
  expect(extremesOf(counts, 'streams')).toBeUndefined();
});

it('keeps the hours away from both ends', () => {
  const begin = new Date(2026, 10, 22, 9, 50).getTime();
  const end = new Date(2026, 10, 22, 14, 5).getTime();
  const ticks = countTicks({ at: begin, label: '09:50' }, { at: end, label: 'now' });
  expect(ticks.map(({ label }) => label)).toEqual(['09:50', '12:00', 'now']);
});
