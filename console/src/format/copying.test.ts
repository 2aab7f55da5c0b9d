import { describe, expect, it, test } from 'vitest';
import { compare, type Config } from './comparison';
import { changeToCopy } from './copying';
import type { Clause, Rule } from './steps';

const IDS = ['id-a', 'id-b'];
const clause = (id: string, more: Partial<Clause> = {}): Clause => ({
  _id: id,
  contextKind: 'user',
  attribute: 'version',
  op: 'semVerLessThan',
  negate: false,
  values: ['5.2.0'],
  ...more,
});
const sent = ({ contextKind, attribute, op, negate, values }: Clause) => ({ contextKind, attribute, op, negate, values });
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ _id: id, clauses: [clause(`${id}c`)], variation: 0, ...more });
const config = (more: Partial<Config> = {}): Config => ({
  on: true,
  offVariation: 1,
  fallthrough: { variation: 0 },
  rules: [],
  targets: [],
  prerequisites: [],
  ...more,
});
const vip = (id: string, values: Clause['values'] = ['fi']) => rule(id, { clauses: [clause(`${id}c`, { attribute: 'country', op: 'in', values })] });
const differing = (from: Config, to: Config) => compare(from, to).filter((line) => !line.isSame).map(({ id }) => id);
const copy = (from: Config, to: Config, ...picked: string[]) =>
  changeToCopy({ from, to, environment: 'test', version: 4 }, new Set(picked), IDS);

describe('copying', () => {
  const from = config({
    offVariation: 0,
    rules: [rule('s1', { clauses: [clause('x', { values: ['5.3.1'] })], variation: 1, trackEvents: true }), { ...vip('s2'), trackEvents: true }, rule('s3', { description: 'Last', clauses: [] })],
    targets: [{ contextKind: 'org', variation: 1, values: ['acme'] }],
    prerequisites: [{ key: 'basket', variation: 0, variationId: 'basket-a' }],
    fallthrough: { variation: 1 },
    trackEventsFallthrough: true,
  });
  const to = config({
    on: false,
    rules: [rule('t1'), rule('t3', { description: 'Last', clauses: [] }), rule('t4', { clauses: [clause('z', { attribute: 'plan', op: 'in' })] })],
    targets: [{ contextKind: 'org', variation: 0, values: ['acme'] }],
    trackEvents: true,
  });

  test.each<[string, string[], object[]]>([
    ['nothing', [], []],
    ['what is served', ['on', 'offVariation', 'fallthrough'], [
      { kind: 'turnFlagOn' },
      { kind: 'updateFallthroughVariationOrRollout', variationId: 'id-b' },
      { kind: 'updateOffVariation', variationId: 'id-a' },
      { kind: 'updateTrackEventsFallthrough', trackEvents: true },
    ]],
    ['that not every evaluation is sent', ['trackEvents'], [{ kind: 'updateTrackEvents', trackEvents: false }]],
    ['requirements', ['prerequisites'], [{ kind: 'addPrerequisite', key: 'basket', variationId: 'basket-a' }]],
    ['targets', ['targets'], [
      { kind: 'removeContextTargets', contextKind: 'org', variationId: 'id-a', values: ['acme'] },
      { kind: 'addContextTargets', contextKind: 'org', variationId: 'id-b', values: ['acme'] },
    ]],
    ['a rule over one that is alike, by what differs', ['s1'], [
      { kind: 'updateClause', ruleId: 't1', clauseId: 't1c', clause: sent(clause('', { values: ['5.3.1'] })) },
      { kind: 'updateRuleVariationOrRollout', ruleId: 't1', variationId: 'id-b' },
      { kind: 'updateRuleTrackEvents', ruleId: 't1', trackEvents: true },
    ]],
    ['a rule to its place among those of both', ['s2'], [
      { kind: 'addRule', beforeRuleId: 't3', clauses: [sent(clause('', { attribute: 'country', op: 'in', values: ['fi'] }))], variationId: 'id-a', trackEvents: true },
    ]],
    ['that there is no such rule', ['t4'], [{ kind: 'removeRule', ruleId: 't4' }]],
  ])('%s', (_, picked, expected) => expect(copy(from, to, ...picked)).toEqual({ instructions: expected }));

  it('of everything leaves no difference but ids', () => {
    const picked = differing(from, to);
    expect(picked).toEqual(['on', 'offVariation', 'prerequisites', 'targets', 's1', 's2', 't4', 'fallthrough', 'trackEvents']);
    expect(copy(from, to, ...picked).instructions.map(({ kind }) => kind)).toEqual([
      'turnFlagOn', 'addPrerequisite', 'removeContextTargets', 'addContextTargets', 'removeRule', 'updateClause',
      'updateRuleVariationOrRollout', 'updateRuleTrackEvents', 'addRule', 'updateFallthroughVariationOrRollout', 'updateOffVariation',
      'updateTrackEvents', 'updateTrackEventsFallthrough',
    ]);
  });
});

describe('what no instruction says is copied by a patch, with all that is picked beside it:', () => {
  const guard = { op: 'test', path: '/environments/test/version', value: 4 };
  const put = (name: string, value: unknown) => ({ op: 'add', path: `/environments/test/${name}`, value });
  const seeded = { variations: [{ variation: 0, weight: 50_000 }, { variation: 1, weight: 50_000 }], seed: 7 };

  test.each<[string, Partial<Config>, Partial<Config>, string[], object[]]>([
    ['a check ratio', { checkRatio: 10 }, { checkRatio: null }, ['checkRatio'], [put('migrationSettings/checkRatio', 10)]],
    ['that the SDK chooses it', { checkRatio: null }, { checkRatio: 0 }, ['checkRatio'], [
      { op: 'remove', path: '/environments/test/migrationSettings/checkRatio' },
    ]],
    ['that nothing is served when off', { offVariation: undefined }, {}, ['offVariation'], [
      { op: 'remove', path: '/environments/test/offVariation' },
    ]],
    ['a requirement of a flag that one may not see', { prerequisites: [{ key: 'x', variation: 1 }] }, {}, ['prerequisites'], [
      put('prerequisites', [{ key: 'x', variation: 1 }]),
    ]],
    ['a split with its seed', { fallthrough: { rollout: seeded } }, {}, ['fallthrough'], [put('fallthrough', { rollout: seeded })]],
    [
      'a check ratio and the rest',
      { on: false, checkRatio: 1, rules: [rule('s1'), vip('s2')], targets: [{ contextKind: 'org', variation: 0, values: ['acme'] }], trackEvents: true, trackEventsFallthrough: true },
      { checkRatio: null, rules: [rule('t1', { variation: 1 })] },
      ['on', 'checkRatio', 's1', 's2', 'targets', 'trackEvents', 'fallthrough'],
      [
        put('on', false),
        put('targets', []),
        put('contextTargets', [{ contextKind: 'org', variation: 0, values: ['acme'] }]),
        put('rules', [
          { _id: 't1', clauses: [{ _id: 't1c', ...sent(clause('')) }], variation: 0 },
          { clauses: [sent(clause('', { attribute: 'country', op: 'in', values: ['fi'] }))], variation: 0 },
        ]),
        put('trackEventsFallthrough', true),
        put('trackEvents', true),
        put('migrationSettings/checkRatio', 1),
      ],
    ],
  ])('%s', (_, from, to, picked, patch) => {
    const change = copy(config(from), config(to), ...picked);
    expect(JSON.parse(JSON.stringify(change))).toEqual({ instructions: [], document: [guard, ...patch] });
  });

  it('a seed that the other lacks goes with the rest', () => {
    const [from, to] = [config({ rules: [rule('s1', { variation: undefined, rollout: { ...seeded, seed: undefined } })] }), config({ rules: [rule('t1', { variation: undefined, rollout: seeded })] })];
    expect(copy(from, to, 's1').document).toHaveLength(2);
    expect(copy(from, to).document).toBeUndefined();
  });
});
