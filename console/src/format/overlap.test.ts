import { expect, test } from 'vitest';
import { overlaps, withoutGone } from './overlap';
import type { Step } from './steps';

const RULES = [{ _id: 'r1' }, { _id: 'r2', description: 'Colleagues' }, { _id: 'new-1' }];
const everyone = (variationId: string): Step => ({ kind: 'updateFallthroughVariationOrRollout', variationId });
const targets = (kind: string, ...values: string[]): Step => ({ kind, contextKind: 'user', variationId: 'a', values });

test.each<[string, Step[], Step[], string[]]>([
  ['nothing of the same', [everyone('a')], [{ kind: 'updateOffVariation', variationId: 'b' }], []],
  ['everyone else', [everyone('a')], [everyone('b')], ['everyone else']],
  ['the same outcome', [everyone('a')], [everyone('a')], []],
  ['one rule', [{ kind: 'updateClause', ruleId: 'r1' }], [{ kind: 'updateRuleDescription', ruleId: 'r1' }], ['rule 1']],
  ['two rules', [{ kind: 'updateClause', ruleId: 'r1' }], [{ kind: 'updateClause', ruleId: 'r2' }], []],
  [
    'a rule that is gone',
    [{ kind: 'updateClause', ruleId: 'r2' }],
    [{ kind: 'removeRule', ruleId: 'r2' }],
    ['Colleagues (deleted; delete it here, too)'],
  ],
  ['new rules', [{ kind: 'addRule' }], [{ kind: 'addRule', variationId: 'b' }], []],
  ['one key', [targets('addContextTargets', 'ada', 'bob')], [targets('removeContextTargets', 'bob')], ['the user bob']],
  ['other keys', [targets('addContextTargets', 'ada')], [targets('addContextTargets', 'bob')], []],
  ['a requirement', [{ kind: 'addPrerequisite', key: 'basket', variationId: 'a' }], [{ kind: 'addPrerequisite', key: 'basket', variationId: 'b' }], ['the requirement basket']],
  ['both orders', [{ kind: 'reorderRules', ruleIds: ['r2', 'r1'] }], [{ kind: 'reorderRules', ruleIds: ['r1'] }], ['the order of rules']],
])('of two changes, that overlaps: %s', (_, mine, theirs, named) => {
  expect(overlaps(mine, theirs, RULES)).toEqual(named);
});

test('of a rule that is gone nothing more is asked for than that it goes', () => {
  const theirs = [{ kind: 'removeRule', ruleId: 'r2' }];
  const order = { kind: 'reorderRules', ruleIds: ['r2', 'r1', 'r3'] };
  expect(withoutGone([{ kind: 'removeRule', ruleId: 'r2' }, everyone('a'), order], theirs)).toEqual([
    everyone('a'),
    { kind: 'reorderRules', ruleIds: ['r1', 'r3'] },
  ]);
  expect(withoutGone([everyone('a')], [])).toEqual([everyone('a')]);
});
