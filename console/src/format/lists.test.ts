import { expect, it } from 'vitest';
import { differenceOf, isSame } from './lists';

it.each([
  [['a', 'b'], ['b', 'c'], ['c'], ['a']],
  [['a', 'b'], ['b', 'a'], [], []],
  [[], ['a'], ['a'], []],
])('between %j and %j have come %j and gone %j', (before, after, added, removed) => {
  expect(differenceOf(before, after)).toEqual({ added, removed });
  expect(isSame(before, after)).toBe(added.length === 0 && removed.length === 0);
});
