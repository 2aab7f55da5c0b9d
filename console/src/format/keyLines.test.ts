import { expect, test } from 'vitest';
import { readKeys } from './keyLines';

test.each([
  ['', []],
  ['a\nb\n', ['a', 'b']],
  [' a ,b,\tc', ['a', 'b', 'c']],
  ['a\n\na\nb b', ['a', 'b b']],
])('%j are the keys %j', (text, keys) => {
  expect(readKeys(text)).toEqual(keys);
});
