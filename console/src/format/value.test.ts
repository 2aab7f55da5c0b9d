import { describe, expect, it } from 'vitest';
import { shortValue, variationName } from './value';

describe('a value in short', () => {
  it.each([
    [true, 'true'],
    ['', '""'],
    ['classic', 'classic'],
    [45, '45'],
    [null, 'null'],
    [{ a: 1 }, '{"a": 1}'],
    [[1, 2], '[1, 2]'],
    [{ limit: 10, carrier: 'posti', cutoff: 90 }, '{"limit": 10, "carrie …}'],
  ])('%j is %s', (value, text) => expect(shortValue(value)).toBe(text));

  it('stands for a variation without a name', () => {
    expect([variationName({ value: false }), variationName({ value: 1, name: 'express' })]).toEqual(['false', 'express']);
  });
});
