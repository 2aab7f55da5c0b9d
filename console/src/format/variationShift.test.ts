import { describe, expect, it } from 'vitest';
import { stepsBetween, type Targeting } from './steps';
import { followVariations, isOfSome } from './variationShift';

const ALL = ['a', 'b', 'c'];
const clauses = [{ _id: 'k', contextKind: 'user', attribute: 'plan', op: 'in', negate: false, values: ['gold'] }];
const shares = { variations: [{ variation: 0, weight: 40_000 }, { variation: 2, weight: 60_000 }] };
const before: Targeting = { variationIds: ALL, offVariation: 0, fallthrough: { variation: 0 }, rules: [], targets: [], prerequisites: [] };
const after: Targeting = {
  ...before,
  offVariation: 1,
  fallthrough: { rollout: shares },
  rules: [{ _id: 'new-1', clauses, variation: 2 }],
  targets: [{ contextKind: 'user', variation: 1, values: ['ada'] }],
};

const stepsOf = (ids: string[]) => stepsBetween(followVariations(before, ids), followVariations(after, ids), ids);

describe('what is not saved yet', () => {
  it.each([
    ['moved', ['c', 'a', 'b']],
    ['added', ['d', 'a', 'b', 'c']],
  ])('means the same variations when others are %s', (_, ids) => {
    expect(stepsOf(ids)).toEqual(stepsOf(ALL));
    expect(stepsOf(ids).every(isOfSome)).toBe(true);
  });

  it.each([
    ['b', ['updateOffVariation', 'addContextTargets']],
    ['c', ['addRule', 'updateFallthroughVariationOrRollout']],
  ])('cannot be saved where it serves %s, which is gone, and is kept until that comes back', (gone, kinds) => {
    const left = ALL.filter((id) => id !== gone);
    const lost = stepsOf(left).filter((step) => !isOfSome(step));
    expect(lost.map(({ kind }) => kind).sort()).toEqual(kinds.sort());
    const back = followVariations(followVariations(after, left), ALL);
    expect(stepsBetween(before, back, ALL)).toEqual(stepsOf(ALL));
  });

  it('is the same object where nothing is to follow', () => {
    expect(followVariations(after, ALL)).toBe(after);
    const followed = followVariations(after, ['a', 'b']);
    expect(followVariations(followed, ['a', 'b'])).toBe(followed);
  });
});
