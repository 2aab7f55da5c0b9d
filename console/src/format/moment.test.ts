import { expect, it } from 'vitest';
import { readMoment, writeMoment } from './moment';

it.each([
  ['v3', { version: 3 }],
  ['1763820000000', { date: 1763820000000 }],
])('reads and writes %s', (text, moment) => {
  expect(readMoment(text)).toEqual(moment);
  expect(writeMoment(moment)).toBe(text);
});

it.each(['', 'v', '3v', 'yesterday', '-1', '1e9', 'v9999999999999999'])('takes %o for now', (text) => {
  expect(readMoment(text)).toBeUndefined();
});

it('writes now as nothing', () => {
  expect(writeMoment({})).toBe('');
});
