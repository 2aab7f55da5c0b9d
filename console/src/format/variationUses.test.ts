import { describe, expect, it } from 'vitest';
import { removalProblem, usesOf } from './variationUses';

const environments = [
  { key: 'production', name: 'Production' },
  { key: 'test', name: 'Test' },
];
const clause = { _id: 'c', contextKind: 'user', attribute: 'plan', op: 'in', negate: false, values: ['gold'] };
const rollout = {
  variations: [
    { variation: 1, weight: 100_000 },
    { variation: 2, weight: 0 },
  ],
};
const targetings = {
  production: { rules: [{ _id: 'r', clauses: [clause], rollout }], fallthrough: { variation: 0 }, offVariation: 0 },
  test: { targets: [{ contextKind: 'user', variation: 1, values: ['ada', 'grace'] }], fallthrough: { variation: 0 } },
};

describe('where a variation is served', () => {
  it.each([
    [0, [['Production', 'everyone else and the off state'], ['Test', 'everyone else']]],
    [1, [['Production', 'rule 1'], ['Test', '2 targets']]],
    [2, []],
  ])('of index %i', (index, uses) =>
    expect(usesOf(index, targetings, environments).map(({ environment, places }) => [environment, places])).toEqual(uses),
  );

  it('keeps it from being removed, and says what to change first', () => {
    expect(removalProblem('express', usesOf(1, targetings, environments), [])).toBe(
      'express is served by rule 1 in Production and served by 2 targets in Test. Change that first.',
    );
    expect(removalProblem('live', [], [])).toBeUndefined();
  });
});
