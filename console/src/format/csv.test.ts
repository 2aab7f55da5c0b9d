import { expect, it } from 'vitest';
import { toCsv } from './csv';

it.each([
  [['time', 'true'], [['2026-11-22', 3]], 'time,true\r\n2026-11-22,3\r\n'],
  [['a, b'], [['say "hi"'], ['two\nlines']], '"a, b"\r\n"say ""hi"""\r\n"two\nlines"\r\n'],
  [['empty'], [], 'empty\r\n'],
])('writes %j with %j as %j', (names, rows, csv) => {
  expect(toCsv(names, rows)).toBe(csv);
});
