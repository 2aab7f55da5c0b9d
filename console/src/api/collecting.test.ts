import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Collector } from './collecting';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What was read, and how many milliseconds after the start; a reading takes as long as told. */
function collect(takes = 10) {
  const began = Date.now();
  const readings: [number, string[]][] = [];
  const read = (changes: string[]) => {
    readings.push([Date.now() - began, changes]);
    return new Promise((resolve) => setTimeout(resolve, takes));
  };
  return { readings, collector: new Collector<string>(read) };
}

it('reads the first change at once, and those that follow upon it together', async () => {
  const { readings, collector } = collect();
  collector.add('a');
  await vi.advanceTimersByTimeAsync(50);
  collector.add('b');
  collector.add('c');
  await vi.advanceTimersByTimeAsync(1000);
  collector.add('d');
  expect(readings).toEqual([
    [0, ['a']],
    [200, ['b', 'c']],
    [1050, ['d']],
  ]);
});

it('lets a change wait that was made here, with all that come meanwhile', async () => {
  const { readings, collector } = collect();
  collector.add('own', true);
  collector.add('other');
  await vi.advanceTimersByTimeAsync(500);
  expect(readings).toEqual([[200, ['own', 'other']]]);
});

it.each([
  [500, 500],
  [60_000, 2000],
])('lets a reading of %d ms end before the next, for %d ms', async (takes, next) => {
  const { readings, collector } = collect(takes);
  collector.add('a');
  for (let made = 0; made < 30; made++) {
    await vi.advanceTimersByTimeAsync(100);
    collector.add(`${made}`);
  }
  expect(readings.map(([at]) => at).slice(0, 2)).toEqual([0, next]);
});

it('reads nothing more once it is stopped', async () => {
  const { readings, collector } = collect();
  collector.add('a');
  collector.add('b');
  collector.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(readings).toEqual([[0, ['a']]]);
});
