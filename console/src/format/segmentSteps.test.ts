import { describe, expect, it } from 'vitest';
import { isWhole, membershipSteps, readMembership, settingSteps, withKeys, type Membership } from './segmentSteps';

const clause = { _id: 'c1', contextKind: 'user', attribute: 'plan', op: 'in', negate: false, values: ['gold'] };
const sent = { contextKind: 'user', attribute: 'plan', op: 'in', negate: false, values: ['gold'] };
const rule = { _id: 'r1', clauses: [clause] };
const before: Membership = {
  included: [{ contextKind: 'user', values: ['ada', 'bob'] }],
  excluded: [],
  rules: [rule],
};

describe('the instructions for the members of a segment', () => {
  it.each<[string, Partial<Membership>, object[]]>([
    ['nothing changed', {}, []],
    [
      'a key of another kind comes and one goes',
      { included: [{ contextKind: 'user', values: ['ada'] }, { contextKind: 'organization', values: ['acme'] }] },
      [
        { kind: 'removeIncludedTargets', contextKind: 'user', values: ['bob'] },
        { kind: 'addIncludedTargets', contextKind: 'organization', values: ['acme'] },
      ],
    ],
    [
      'a key is excluded',
      { excluded: [{ contextKind: 'user', values: ['eve'] }] },
      [{ kind: 'addExcludedTargets', contextKind: 'user', values: ['eve'] }],
    ],
    ['a rule goes', { rules: [] }, [{ kind: 'removeRule', ruleId: 'r1' }]],
    [
      'a rule comes, for a tenth',
      { rules: [rule, { _id: 'new-1', description: 'Gold', clauses: [clause], weight: 10_000 }] },
      [{ kind: 'addRule', clauses: [sent], description: 'Gold', weight: 10_000 }],
    ],
    [
      'a rule lets a half in, counted by device',
      { rules: [{ ...rule, weight: 50_000, rolloutContextKind: 'device' }] },
      [{ kind: 'updateRuleRolloutAndContextKind', ruleId: 'r1', weight: 50_000, contextKind: 'device' }],
    ],
    [
      'a clause asks for more',
      { rules: [{ ...rule, clauses: [{ ...clause, values: ['gold', 'black'] }] }] },
      [{ kind: 'updateClause', ruleId: 'r1', clauseId: 'c1', clause: { ...sent, values: ['gold', 'black'] } }],
    ],
  ])('when %s', (_, change, steps) => expect(membershipSteps(before, { ...before, ...change })).toEqual(steps));

  it('when a rule is moved, and one comes before all others', () => {
    const [second, added] = [{ ...rule, _id: 'r2' }, { ...rule, _id: 'new-1' }];
    expect(membershipSteps({ ...before, rules: [rule, second] }, { ...before, rules: [added, second, rule] })).toEqual([
      { kind: 'reorderRules', ruleIds: ['r2', 'r1'] },
      { kind: 'addRule', beforeRuleId: 'r2', clauses: [sent] },
    ]);
  });

  it('when a rule lets everyone in again', () => {
    const half = { ...before, rules: [{ ...rule, weight: 50_000 }] };
    expect(membershipSteps(half, before)).toEqual([
      { kind: 'updateRuleRolloutAndContextKind', ruleId: 'r1', weight: 100_000 },
    ]);
  });
});

it('reads keys of users and of other kinds as one', () =>
  expect(
    readMembership({
      included: ['ada'],
      excluded: [],
      includedContexts: [{ contextKind: 'device', values: ['d1'] }],
      excludedContexts: [],
      rules: [],
    }).included,
  ).toEqual([
    { contextKind: 'user', values: ['ada'] },
    { contextKind: 'device', values: ['d1'] },
  ]));

it('leaves no empty list behind', () => expect(withKeys(before.included, 'user', [])).toEqual([]));

it('cannot be sent while a clause asks nothing', () =>
  expect(isWhole({ ...before, rules: [{ ...rule, clauses: [{ ...clause, values: [] }] }] })).toBe(false));

it('names what is set anew of name, description and tags', () =>
  expect(
    settingSteps({ name: 'A', description: '', tags: ['x', 'y'] }, { name: 'B', description: 'C', tags: ['y', 'z'] }),
  ).toEqual([
    { kind: 'updateName', value: 'B' },
    { kind: 'updateDescription', value: 'C' },
    { kind: 'removeTags', values: ['x'] },
    { kind: 'addTags', values: ['z'] },
  ]));
