import { expect, it } from 'vitest';
import { nearest, peakOf, sparkPath, sumSeries } from './spark';

it('sums all variations hour by hour', () => {
  expect(sumSeries([{ series: [10, 20] }, { series: [0, 10] }])).toEqual([10, 30]);
  expect(sumSeries([])).toEqual([]);
});

it.each([
  [[0, 0], 'M0.0 10.0L20.0 10.0'],
  [[5, 10], 'M0.0 5.0L20.0 0.0'],
  [[5], ''],
])('%j draws %s', (series, path) => {
  expect(sparkPath(series, 20, 10)).toBe(path);
});

it.each([
  [-4, 0],
  [0, 0],
  [9, 0],
  [11, 1],
  [60, 3],
  [99, 3],
])('%d pixels from the left lies point %d', (place, at) => {
  expect(nearest([1, 2, 3, 4], place, 60)).toBe(at);
});

it('knows its highest point', () => {
  expect(peakOf([1, 7, 3, 7])).toBe(1);
});
