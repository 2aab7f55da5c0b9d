import { expect, it } from 'vitest';
import { diffJson, foldSame } from './jsonDiff';

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
