import { expect, it } from 'vitest';
import { diffJson, foldSame, isChange } from './jsonDiff';

const kinds = (before: unknown, after: unknown) => diffJson(before, after).map(({ kind, text }) => `${kind} ${text.trim()}`);

it('tells what was added and removed, line by line', () => {
  expect(kinds({ on: false, key: 'a' }, { on: true, key: 'a' })).toEqual([
    'same {',
    'removed "on": false,',
    'added "on": true,',
    'same "key": "a"',
    'same }',
  ]);
});

it('numbers the lines of both sides', () => {
  const [, removed, added, key] = diffJson({ on: false, key: 'a' }, { on: true, key: 'a' });
  expect([removed?.before, added?.after, key?.before, key?.after]).toEqual([2, 2, 3, 3]);
});

it.each([
  [undefined, { a: 1 }, 'added'],
  [{ a: 1 }, undefined, 'removed'],
])('shows what is new or gone as a whole', (before, after, kind) => {
  expect(new Set(diffJson(before, after).map((line) => line.kind))).toEqual(new Set([kind]));
});

it('leaves links out', () => {
  expect(kinds({ _links: { self: 1 } }, { _links: { self: 2 } })).toEqual(['same {}']);
});

it('folds what is far from a change', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  const folded = foldSame(diffJson(numbers, numbers.with(15, -1)));
  expect(folded.filter(({ kind }) => kind === 'fold')).toHaveLength(2);
  expect(folded.filter(({ kind }) => kind === 'same')).toHaveLength(6);
});

it.each([
  [{ _version: 1, environments: { test: { salt: 'a', on: true } } }, { _version: 2, environments: { test: { salt: 'b', on: true } } }],
  [{ lastModified: 1 }, { lastModified: 2 }],
])('leaves out what no person changes, unless all is asked for: %j', (before, after) => {
  expect(diffJson(before, after).some(isChange)).toBe(false);
  expect(diffJson(before, after, true).some(isChange)).toBe(true);
});

it('keeps what people write, whatever it is called', () => {
  const flag = (version: number) => ({ variations: [{ value: { version, salt: 'sea' } }] });
  expect(diffJson(flag(1), flag(2)).some(isChange)).toBe(true);
});
