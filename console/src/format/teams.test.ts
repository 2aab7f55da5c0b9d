import { expect, it } from 'vitest';
import { attributeFaults, attributeRows, attributesOf, detailSteps, roleSteps } from './teams';

it.each([
  [{ name: 'A', description: '' }, { name: 'A', description: '' }, []],
  [{ name: 'A', description: 'x' }, { name: 'B', description: 'x' }, ['updateName B']],
  [{ name: 'A', description: 'x' }, { name: 'B', description: '' }, ['updateName B', 'updateDescription ']],
])('from %j to %j takes %j', (before, after, steps) => {
  expect(detailSteps(before, after).map((step) => `${step.kind} ${'value' in step ? step.value : ''}`)).toEqual(steps);
});

it('adds and takes away only the roles that differ', () => {
  expect(roleSteps(['a', 'b'], ['b', 'c'])).toEqual([
    { kind: 'addCustomRoles', values: ['c'] },
    { kind: 'removeCustomRoles', values: ['a'] },
  ]);
  expect(roleSteps(['a'], ['a'])).toEqual([]);
});

it('reads attributes as rows and back', () => {
  const attributes = { projects: ['shop', 'search'], envs: [] };
  expect(attributesOf(attributeRows(attributes))).toEqual(attributes);
});

it('finds rows without a name, or with one that is taken', () => {
  const rows = ['a', ' ', 'b', 'a '].map((key) => ({ key, values: [] }));
  expect(attributeFaults(rows)).toEqual([undefined, 'missing', undefined, 'twice']);
});
