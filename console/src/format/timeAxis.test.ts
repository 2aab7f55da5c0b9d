import { describe, expect, it } from 'vitest';
import { periodOf, timeTicks, zoneName } from './timeAxis';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const labels = (begin: number, end: number, most: number) => timeTicks(begin, end, most).map(({ label }) => label);

describe('ticks', () => {
  it.each([
    ['hours', at(22, 9, 30), at(22, 13), 6, ['10:00', '11:00', '12:00', '13:00']],
    ['every sixth hour of a day', at(21, 13), at(22, 13), 4, ['18:00', '00:00', '06:00', '12:00']],
    ['midnights of a week', at(16, 13), at(19, 13), 4, ['Tue 17', 'Wed 18', 'Thu 19']],
    ['every seventh day of a month', at(1, 12), at(30, 12), 5, ['8 Nov', '15 Nov', '22 Nov', '29 Nov']],
  ])('are %s', (_, begin, end, most, found) => {
    expect(labels(begin, end, most)).toEqual(found);
  });

  it.each([1, 24, 84 * 2, 720])('of %i hours are never too many', (hours) => {
    expect(timeTicks(at(1, 7), at(1, 7) + hours * 3_600_000, 6).length).toBeLessThanOrEqual(7);
  });
});

it('names a period and the zone', () => {
  expect(periodOf(at(22, 22), 2 * 3_600_000)).toBe('Sun 22 Nov, 22:00 to 00:00');
  expect(zoneName()).not.toBe('');
});
