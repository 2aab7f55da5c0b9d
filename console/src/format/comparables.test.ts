import { expect, it } from 'vitest';
import { comparables, readJson } from './comparables';
import type { EditedVariation } from './variations';

const one = (_id: string, text: string, name = ''): EditedVariation => ({ _id, text, name, description: '' });
const LIST = [one('a', '{"x": 2}'), one('b', '{}', 'Empty'), one('c', '[]')];

it('offers what is saved once it is something else, and the other variations', () => {
  const names = (saved: EditedVariation[], of = LIST[0] ?? one('', '')) => comparables(of, LIST, saved).map(({ name }) => name);
  expect(names([one('a', '{"x": 1}')])).toEqual(['As it is saved', 'Empty', 'Variation 3']);
  expect(names([one('a', '{"x": 2}')])).toEqual(['Empty', 'Variation 3']);
  expect(names([], LIST[1])).toEqual(['Variation 1', 'Variation 3']);
  expect(comparables(one('a', '1'), [one('a', '1')], [])).toEqual([]);
});

it.each([
  ['{"version": 1}', { value: { version: 1 } }],
  ['{', undefined],
])('reads %s', (text, value) => {
  expect(readJson(text)).toEqual(value);
});
