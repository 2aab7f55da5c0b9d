import { describe, expect, it } from 'vitest';
import { ago, dueIn, fromLocalTime, localTime, nextChange, relative } from './time';

const NOW = Date.UTC(2026, 10, 22, 12);
const S = 1000;

describe('a time in words', () => {
  it.each([
    [-5 * S, 'just now'],
    [44 * S, 'just now'],
    [50 * S, '1 min'],
    [3 * 60 * S, '3 min'],
    [59.9 * 60 * S, '59 min'],
    [2 * 3600 * S, '2 h'],
    [26 * 3600 * S, 'yesterday'],
    [6 * 86400 * S, '6 d'],
    [60 * 86400 * S, '1 mo'],
    [365 * 86400 * S, '1 y'],
    [800 * 86400 * S, '2 y'],
  ])('%s ms ago is %s', (old, words) => expect(relative(NOW - old, NOW)).toBe(words));

  it('fits into a sentence', () => {
    expect([ago(NOW - 180 * S, NOW), ago(NOW - 26 * 3600 * S, NOW), ago(NOW, NOW)]).toEqual([
      '3 min ago',
      'yesterday',
      'just now',
    ]);
  });

  it('is looked at again rarely when it is old', () => {
    expect(nextChange(NOW - 60 * S, NOW)).toBeLessThan(nextChange(NOW - 86400 * 3 * S, NOW));
  });
});

it.each([
  [NOW + 3600 * S, 30 * S],
  [NOW + 5 * S, 5 * S + 100],
  [NOW + 1, S],
  [NOW - 60 * S, S],
])('what is due at %s is waited for %s ms', (at, wait) => expect(dueIn(at, NOW, 30 * S)).toBe(wait));

it('writes a time into a field and reads it back', () => {
  expect(localTime(NOW)).toMatch(/^2026-11-2[123]T\d\d:\d\d:00$/);
  expect(fromLocalTime(localTime(NOW))).toBe(NOW);
});
