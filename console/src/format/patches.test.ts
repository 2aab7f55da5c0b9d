import { describe, expect, it } from 'vitest';
import { patchBetween, pick } from './patches';

describe('a patch between two states of a form', () => {
  const before = { name: 'Test', tags: ['a'], critical: false };

  it('is empty when nothing differs', () => expect(patchBetween(before, { ...before, tags: ['a'] })).toEqual([]));

  it('has a step for each member that differs', () =>
    expect(patchBetween(before, { name: 'Test 2', tags: [], critical: false })).toEqual([
      { op: 'replace', path: '/name', value: 'Test 2' },
      { op: 'replace', path: '/tags', value: [] },
    ]));

  it('escapes names as JSON pointers do', () =>
    expect(patchBetween({ 'a/b~c': 1 }, { 'a/b~c': 2 })[0]?.path).toBe('/a~1b~0c'));
});

it('picks what a form shows', () => expect(pick({ a: 1, b: 2, c: 3 }, ['a', 'c'])).toEqual({ a: 1, c: 3 }));
