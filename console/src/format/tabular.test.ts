import { expect, it } from 'vitest';
import { csvOf, tabularByTime } from './tabular';
import { zoneName } from './timeAxis';

it('writes a line for each point, with its time and the zone of it', () => {
  const begin = new Date(2026, 10, 22, 9, 0).getTime();
  const table = tabularByTime(begin, 3_600_000, ['true', 'Total'], [[3, 3], ['', '']]);

  expect(csvOf(table)).toBe(`Time (${zoneName()}),true,Total\r\n2026-11-22T09:00:00,3,3\r\n2026-11-22T10:00:00,,\r\n`);
  expect(table.lines.map(({ name }) => name)).toEqual(['Sun 22 Nov, 09:00 to 10:00', 'Sun 22 Nov, 10:00 to 11:00']);
});

it('writes lines that are by something else than time', () => {
  expect(csvOf({ by: 'Share', names: ['ms'], lines: [{ name: '5%', nameInFile: '5%', cells: [7] }] })).toBe('Share,ms\r\n5%,7\r\n');
});
