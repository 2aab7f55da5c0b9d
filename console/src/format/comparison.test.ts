import { describe, expect, it, test } from 'vitest';
import { compare, isReordered, ownKeys, pairRules, type Config } from './comparison';
import type { Clause, Rollout, Rule } from './steps';

const clause = (id: string, more: Partial<Clause> = {}): Clause => ({
  _id: id,
  contextKind: 'user',
  attribute: 'version',
  op: 'semVerLessThan',
  negate: false,
  values: ['5.2.0'],
  ...more,
});
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
const split = (more: Partial<Rollout> = {}) => ({
  rollout: { variations: [{ variation: 0, weight: 40_000 }, { variation: 1, weight: 60_000 }], ...more },
});
const targets = (contextKind: string, ...values: string[]) => ({ contextKind, variation: 0, values });
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
    [
      'where all of a split are one variation',
      { fallthrough: { variation: 1 } },
      { fallthrough: { rollout: { variations: [{ variation: 0, weight: 0 }, { variation: 1, weight: 100_000 }], contextKind: 'org' } } },
      [],
    ],
    ['that split others', { fallthrough: split() }, { fallthrough: split({ contextKind: 'org' }) }, ['fallthrough']],
    ['that split by something else', { fallthrough: split() }, { fallthrough: split({ bucketBy: 'country' }) }, ['fallthrough']],
    ['that split everyone anew', { fallthrough: split() }, { fallthrough: split({ seed: 7 }) }, ['fallthrough']],
    ['that give another kind the same targets', { targets: [targets('org', 'a')] }, { targets: [targets('user', 'a')] }, ['targets']],
    ['a migration that compares other reads', { checkRatio: 10 }, { checkRatio: null }, ['checkRatio']],
    ['a migration that compares the same reads', { checkRatio: 0 }, { checkRatio: 0 }, []],
    ['with a rule of each that the other lacks', { rules: [rule('s1')] }, { rules: [vip('t1')] }, ['t1', 's1']],
    ['with a rule that asks for another value', { rules: [rule('s1', { clauses: [clause('c', { values: ['5.3.1'] })] })] }, { rules: [rule('t1')] }, ['s1']],
    ['with a rule of that name that asks something else', { rules: [rule('s1', { description: 'Old apps' })] }, { rules: [{ ...vip('t1'), description: 'Old apps' }] }, ['s1']],
  ])('%s', (_, from, to, expected) => expect(differing(config(from), config(to))).toEqual(expected));

  test.each<[string, Partial<Config>, Partial<Config>, string[][]]>([
    ['parts', { on: false, trackEvents: true, offVariation: 0 }, {}, [['updateOn'], ['updateOffVariation'], ['updateTrackEvents']]],
    ['everyone else', { fallthrough: { variation: 1 }, trackEventsFallthrough: true }, {}, [['updateFallthrough', 'updateTrackEvents']]],
    ['the events of everyone else', { trackEventsFallthrough: true }, { trackEventsFallthrough: false }, [['updateTrackEvents']]],
    ['the check ratio', { checkRatio: 3 }, { checkRatio: null }, [['updateFlagConfigMigrationSettings']]],
    ['a rule of one of them', { rules: [rule('s1', { trackEvents: true })] }, {}, [['updateRules']]],
    ['a rule of both', { rules: [rule('s1', { trackEvents: true, variation: 1 })] }, { rules: [rule('t1', { description: 'Old' })] }, [
      ['updateRules', 'updateFlagRuleDescription', 'updateTrackEvents'],
    ]],
    ['the name of a rule', { rules: [rule('s1', { description: 'New' })] }, { rules: [rule('t1')] }, [['updateFlagRuleDescription']]],
  ])('ask for what copying %s needs', (_, from, to, expected) => {
    const lines = compare(config(from), config(to)).filter((line) => !line.isSame);
    expect(lines.map(({ actions }) => actions)).toEqual(expected);
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
