import { describe, expect, it } from 'vitest';
import { compact, count, counted, percent } from './number';

describe('numbers', () => {
  it('are whole where they are counted', () => expect(count(1238904)).toBe('1,238,904'));

  it.each([
    [0, '0'],
    [986_400, '986 k'],
    [1_238_904, '1.24 M'],
    [12, '12'],
  ])('%s is %s in a column', (value, text) => expect(compact(value)).toBe(text));

  it('are not told before they are known', () => expect(counted(undefined, 'flag')).toBe('… flags'));
  it('agree with their noun', () => expect([counted(1, 'flag'), counted(1312, 'flag')]).toEqual(['1 flag', '1,312 flags']));

  it.each([
    [33333, '33.333%'],
    [50000, '50%'],
    [0, '0%'],
    [1, '0.001%'],
  ])('a weight of %s is %s', (weight, text) => expect(percent(weight)).toBe(text));
});
