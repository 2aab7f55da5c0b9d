import { expect, test } from 'vitest';
import {
  emptyRule,
  isComplete,
  missingWeight,
  newId,
  readTargeting,
  stepsBetween,
  type Clause,
  type Rule,
  type Targeting,
} from './steps';

const IDS = ['id-a', 'id-b', 'id-c'];
const clause = (id: string, more: Partial<Clause> = {}): Clause => ({
  _id: id,
  contextKind: 'user',
  attribute: 'country',
  op: 'in',
  negate: false,
  values: ['fi'],
  ...more,
});
const sent = ({ contextKind, attribute, op, negate, values }: Clause) => ({ contextKind, attribute, op, negate, values });
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ _id: id, clauses: [clause(`${id}c`)], variation: 0, ...more });
const state = (more: Partial<Targeting> = {}): Targeting => ({
  offVariation: 1,
  fallthrough: { variation: 0 },
  rules: [rule('r1'), rule('r2')],
  targets: [{ contextKind: 'user', variation: 0, values: ['ada'] }],
  prerequisites: [{ key: 'basket', variation: 0 }],
  ...more,
});
const split = { variations: [{ variation: 0, weight: 25_000 }, { variation: 1, weight: 75_000 }], contextKind: 'org' };

test.each<[string, Partial<Targeting>, object[]]>([
  ['nothing', {}, []],
  [
    'another variation of a requirement, and one more',
    {
      prerequisites: [
        { key: 'basket', variation: 1, variationId: 'b-1' },
        { key: 'search', variation: 0, variationId: 's-0' },
      ],
    },
    [
      { kind: 'updatePrerequisite', key: 'basket', variationId: 'b-1' },
      { kind: 'addPrerequisite', key: 'search', variationId: 's-0' },
    ],
  ],
  ['the off variation', { offVariation: 0 }, [{ kind: 'updateOffVariation', variationId: 'id-a' }]],
  [
    'what everyone else gets',
    { fallthrough: { variation: 2 } },
    [{ kind: 'updateFallthroughVariationOrRollout', variationId: 'id-c' }],
  ],
  [
    'a split for everyone else',
    { fallthrough: { rollout: split } },
    [
      {
        kind: 'updateFallthroughVariationOrRollout',
        rolloutWeights: { 'id-a': 25_000, 'id-b': 75_000 },
        rolloutContextKind: 'org',
      },
    ],
  ],
  ['a removed rule', { rules: [rule('r2')] }, [{ kind: 'removeRule', ruleId: 'r1' }]],
  ['the order of rules', { rules: [rule('r2'), rule('r1')] }, [{ kind: 'reorderRules', ruleIds: ['r2', 'r1'] }]],
  [
    'a new rule in the middle',
    { rules: [rule('r1'), rule('new-1', { description: 'Beta' }), rule('r2')] },
    [
      { kind: 'addRule', beforeRuleId: 'r2', description: 'Beta', clauses: [sent(clause('x'))], variationId: 'id-a' },
    ],
  ],
  [
    'a new rule at the end',
    { rules: [rule('r1'), rule('r2'), rule('new-1')] },
    [{ kind: 'addRule', clauses: [sent(clause('x'))], variationId: 'id-a' }],
  ],
  [
    'what a rule serves',
    { rules: [rule('r1', { variation: 1 }), rule('r2')] },
    [{ kind: 'updateRuleVariationOrRollout', ruleId: 'r1', variationId: 'id-b' }],
  ],
  [
    'what a rule is called',
    { rules: [rule('r1', { description: 'Finland' }), rule('r2')] },
    [{ kind: 'updateRuleDescription', ruleId: 'r1', description: 'Finland' }],
  ],
  [
    'which evaluations are sent one by one',
    { rules: [rule('r1', { trackEvents: true }), rule('r2')], trackEvents: true, trackEventsFallthrough: true },
    [
      { kind: 'updateRuleTrackEvents', ruleId: 'r1', trackEvents: true },
      { kind: 'updateTrackEvents', trackEvents: true },
      { kind: 'updateTrackEventsFallthrough', trackEvents: true },
    ],
  ],
  [
    'a new rule whose evaluations are sent one by one',
    { rules: [rule('r1'), rule('r2'), rule('new-1', { trackEvents: true })] },
    [{ kind: 'addRule', clauses: [sent(clause('x'))], variationId: 'id-a', trackEvents: true }],
  ],
  [
    'a changed clause',
    { rules: [rule('r1', { clauses: [clause('r1c', { values: ['se'] })] }), rule('r2')] },
    [{ kind: 'updateClause', ruleId: 'r1', clauseId: 'r1c', clause: sent(clause('r1c', { values: ['se'] })) }],
  ],
  [
    'one clause in place of another',
    { rules: [rule('r1', { clauses: [clause('new-1', { op: 'segmentMatch', values: ['beta'] })] }), rule('r2')] },
    [
      {
        kind: 'addClauses',
        ruleId: 'r1',
        clauses: [sent(clause('x', { op: 'segmentMatch', attribute: '', values: ['beta'] }))],
      },
      { kind: 'removeClauses', ruleId: 'r1', clauseIds: ['r1c'] },
    ],
  ],
  [
    'a key that moves to another variation',
    { targets: [{ contextKind: 'user', variation: 1, values: ['ada'] }] },
    [
      { kind: 'removeContextTargets', contextKind: 'user', variationId: 'id-a', values: ['ada'] },
      { kind: 'addContextTargets', contextKind: 'user', variationId: 'id-b', values: ['ada'] },
    ],
  ],
  ['a requirement less', { prerequisites: [] }, [{ kind: 'removePrerequisite', key: 'basket' }]],
])('%s is said in instructions', (_, change, steps) => {
  expect(stepsBetween(state(), state(change), IDS)).toEqual(steps);
});

test('keys of users are read once, though the API lists their places twice', () => {
  const targets = [{ contextKind: 'user', variation: 0, values: ['ada'] }];
  const contextTargets = [
    { contextKind: 'user', variation: 0, values: [] },
    { contextKind: 'org', variation: 1, values: ['acme'] },
  ];

  expect(readTargeting({ targets, contextTargets }).targets).toEqual([targets[0], contextTargets[1]]);
});

test.each<[string, Partial<Targeting>, boolean]>([
  ['as it was', {}, true],
  ['a rule without an outcome', { rules: [emptyRule([])] }, false],
  ['a clause without values', { rules: [rule('r1', { clauses: [clause('c', { values: [] })] })] }, false],
  ['shares that are not whole', { fallthrough: { rollout: { variations: [{ variation: 0, weight: 1 }] } } }, false],
  ['whole shares', { fallthrough: { rollout: split } }, true],
])('%s can be sent: %s', (_, change, isWhole) => {
  expect(isComplete(state(change))).toBe(isWhole);
});

test('what shares lack is told, and ids of what is new differ', () => {
  expect(missingWeight({ variations: [{ variation: 0, weight: 98_000 }] })).toBe(2000);
  expect(newId([{ _id: 'new-3' }, { _id: 'r1' }])).toBe('new-4');
});
