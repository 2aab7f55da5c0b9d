import { describe, expect, it, test } from 'vitest';
import { compare, isReordered, ownKeys, pairRules, stepsToCopy, type Config } from './comparison';
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

describe('two environments', () => {
  test.each<[string, Partial<Config>, Partial<Config>, string[]]>([
    ['with everything alike', { rules: [rule('s1')] }, { rules: [rule('t1')] }, []],
    ['that are on and off', {}, { on: false }, ['on']],
    ['with other default and off variations', { offVariation: 0 }, { fallthrough: { variation: 1 } }, ['offVariation', 'fallthrough']],
    [
      'with the same targets, requirements and values in another order',
      { targets: [{ contextKind: 'user', variation: 0, values: ['a', 'b'] }], prerequisites: [{ key: 'x', variation: 0 }, { key: 'y', variation: 1 }], rules: [vip('s', ['fi', 'se'])] },
      {
        targets: [{ contextKind: 'user', variation: 0, values: ['b'] }, { contextKind: 'user', variation: 0, values: ['a'] }],
        prerequisites: [{ key: 'y', variation: 1 }, { key: 'x', variation: 0, variationId: 'v' }],
        rules: [vip('t', ['se', 'fi'])],
      },
      [],
    ],
    [
      'with the same split, one written with what is usual',
      { fallthrough: { rollout: { variations: [{ variation: 0, weight: 100_000 }, { variation: 1, weight: 0 }] } } },
      { fallthrough: { rollout: { variations: [{ variation: 0, weight: 100_000 }], contextKind: 'user', bucketBy: 'key' } } },
      [],
    ],
    [
      'that track other events',
      { trackEvents: true, trackEventsFallthrough: true, rules: [rule('s1', { trackEvents: true })] },
      { rules: [rule('t1')] },
      ['s1', 'fallthrough', 'trackEvents'],
    ],
    ['one of which says that it tracks nothing', { trackEvents: false, rules: [rule('s1', { trackEvents: false })] }, { rules: [rule('t1')] }, []],
    ['with a rule of each that the other lacks', { rules: [rule('s1')] }, { rules: [vip('t1')] }, ['t1', 's1']],
    ['with a rule that asks for another value', { rules: [rule('s1', { clauses: [clause('c', { values: ['5.3.1'] })] })] }, { rules: [rule('t1')] }, ['s1']],
    ['with a rule of that name that asks something else', { rules: [rule('s1', { description: 'Old apps' })] }, { rules: [{ ...vip('t1'), description: 'Old apps' }] }, ['s1']],
  ])('%s', (_, from, to, expected) => expect(differing(config(from), config(to))).toEqual(expected));

  test.each<[string, Partial<Config>, Partial<Config>, string[][]]>([
    ['parts', { on: false, trackEvents: true, offVariation: 0 }, {}, [['updateOn'], ['updateOffVariation'], ['updateTrackEvents']]],
    ['everyone else', { fallthrough: { variation: 1 }, trackEventsFallthrough: true }, {}, [['updateFallthrough', 'updateTrackEvents']]],
    ['the events of everyone else', { trackEventsFallthrough: true }, { trackEventsFallthrough: false }, [['updateTrackEvents']]],
    ['a rule of one of them', { rules: [rule('s1', { trackEvents: true })] }, {}, [['updateRules']]],
    ['a rule of both', { rules: [rule('s1', { trackEvents: true, variation: 1 })] }, { rules: [rule('t1', { description: 'Old' })] }, [
      ['updateRules', 'updateFlagRuleDescription', 'updateTrackEvents'],
    ]],
    ['the name of a rule', { rules: [rule('s1', { description: 'New' })] }, { rules: [rule('t1')] }, [['updateFlagRuleDescription']]],
  ])('ask for what copying %s needs', (_, from, to, expected) => {
    const lines = compare(config(from), config(to)).filter((line) => !line.isSame);
    expect(lines.map(({ actions }) => actions)).toEqual(expected);
  });

  it('cannot copy what no instruction says', () => {
    const from = config({ offVariation: undefined, prerequisites: [{ key: 'x', variation: 0 }] });
    const lines = compare(from, config({ prerequisites: [{ key: 'x', variation: 1 }] }));
    expect(lines.filter((line) => !line.canCopy).map(({ id }) => id)).toEqual(['offVariation', 'prerequisites']);
  });

  it('know rules that stand in another order', () => {
    const to = [rule('t1'), vip('t2')];
    expect(isReordered(pairRules([vip('s1'), rule('s2')], to), to)).toBe(true);
    expect(isReordered(pairRules([rule('s1'), vip('s2')], to), to)).toBe(false);
  });

  it('know the keys that only one of them targets', () => {
    const of = (values: string[], variation = 0) => ({ contextKind: 'user', variation, values });
    expect(ownKeys(of(['a', 'b']), [of(['b']), of(['a'], 1)])).toEqual(['a']);
  });
});

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
  ])('%s', (_, picked, expected) => expect(stepsToCopy(from, to, new Set(picked), IDS)).toEqual(expected));

  it('of everything leaves no difference but ids', () => {
    const picked = new Set(differing(from, to));
    expect([...picked]).toEqual(['on', 'offVariation', 'prerequisites', 'targets', 's1', 's2', 't4', 'fallthrough', 'trackEvents']);
    expect(stepsToCopy(from, to, picked, IDS).map(({ kind }) => kind)).toEqual([
      'turnFlagOn', 'addPrerequisite', 'removeContextTargets', 'addContextTargets', 'removeRule', 'updateClause',
      'updateRuleVariationOrRollout', 'updateRuleTrackEvents', 'addRule', 'updateFallthroughVariationOrRollout', 'updateOffVariation',
      'updateTrackEvents', 'updateTrackEventsFallthrough',
    ]);
  });
});
