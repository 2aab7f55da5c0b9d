import { expect, it } from 'vitest';
import type { Target } from './steps';
import { addKeys, compareKeys, keysIn, keysInFile, listsIn, removeKeys, shownKeys } from './targetKeys';

const target = (variation: number, contextKind: string, ...values: string[]): Target => ({ variation, contextKind, values });
const SAVED = [target(0, 'user', 'ada', 'bob'), target(1, 'user', 'cem'), target(1, 'organization', 'ada')];
const RED = { contextKind: 'user', variation: 0 };
const BLUE = { contextKind: 'user', variation: 1 };

it('compares a list with what is there, each key once', () => {
  expect(compareKeys(SAVED, RED, ['ada', 'cem', 'dee', 'dee'])).toEqual({
    fresh: ['dee'],
    here: ['ada'],
    elsewhere: [{ key: 'cem', variation: 1 }],
    missing: ['bob'],
  });
  expect(compareKeys([], RED, [])).toEqual({ fresh: [], here: [], elsewhere: [], missing: [] });
});

it('adds keys, which leave another variation of their kind', () => {
  const after = addKeys(SAVED, RED, ['cem', 'dee', 'ada']);
  expect(keysIn(after, RED)).toEqual(['ada', 'bob', 'cem', 'dee']);
  expect(keysIn(after, BLUE)).toEqual([]);
  expect(keysIn(after, { contextKind: 'organization', variation: 1 })).toEqual(['ada']);
});

it('removes keys, and the list with the last one', () => {
  expect(keysIn(removeKeys(SAVED, RED, ['ada']), RED)).toEqual(['bob']);
  expect(removeKeys(SAVED, BLUE, ['cem'])).not.toContainEqual(expect.objectContaining(BLUE));
});

it('shows first what is not saved yet', () => {
  const now = removeKeys(addKeys(SAVED, RED, ['cem']), RED, ['bob']);
  expect(shownKeys(now, SAVED, RED)).toEqual([{ key: 'cem', tone: 'added' }, { key: 'bob', tone: 'removed' }, { key: 'ada' }]);
  expect(shownKeys(now, SAVED, BLUE)).toEqual([{ key: 'cem', tone: 'removed' }]);
  expect(listsIn(now, SAVED)).toEqual([RED, { contextKind: 'organization', variation: 1 }, BLUE]);
});

it.each([
  ['ada\nbob\r\n\nada', ['ada', 'bob']],
  ['ada,Ada Lovelace\n"b""ob";2', ['ada', 'b"ob']],
  ['', []],
])('reads the first column of %j', (text, keys) => {
  expect(keysInFile(text)).toEqual(keys);
});
