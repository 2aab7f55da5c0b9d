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
  ['a rule that I have deleted', [{ kind: 'removeRule', ruleId: 'r3' }], [{ kind: 'updateClause', ruleId: 'r3' }], ['Old apps']],
  ['new rules', [{ kind: 'addRule' }], [{ kind: 'addRule', variationId: 'b' }], []],
  ['one key', [targets('addContextTargets', 'ada', 'bob')], [targets('removeContextTargets', 'bob')], ['the user bob']],
  ['other keys', [targets('addContextTargets', 'ada')], [targets('addContextTargets', 'bob')], []],
  ['a requirement', [{ kind: 'addPrerequisite', key: 'basket', variationId: 'a' }], [{ kind: 'addPrerequisite', key: 'basket', variationId: 'b' }], ['the requirement basket']],
  ['both orders', [{ kind: 'reorderRules', ruleIds: ['r2', 'r1'] }], [{ kind: 'reorderRules', ruleIds: ['r1'] }], ['the order of rules']],
])('of two changes, that overlaps: %s', (_, mine, theirs, named) => {
  expect(overlaps(mine, theirs, { of: 'rule', now: RULES, before: [...RULES, { _id: 'r3', description: 'Old apps' }] })).toEqual(named);
});

const variation = (variationId: string, more: object = {}): Step => ({ kind: 'updateVariation', variationId, ...more });
const removal = (variationId: string): Step => ({ kind: 'removeVariation', variationId });
const tags = (kind: string, ...values: string[]): Step => ({ kind, values });
const property = (kind: string, key: string): Step => ({ kind, key, values: ['OPS-1'] });
const value = (kind: string, of: string): Step => ({ kind, value: of });

test.each<[string, Step[], Step[], string[]]>([
  ['names of two variations', [variation('a', { name: 'x' })], [variation('b', { name: 'y' })], []],
  ['one variation', [variation('b', { name: 'x' })], [variation('b', { value: 'y' })], ['variation 2']],
  ['one that they have removed', [variation('a', { name: 'x' })], [removal('a')], ['Classic (removed; saving adds it again)']],
  ['one that I have removed', [removal('c')], [variation('c', { name: 'y' })], ['Express']],
  ['one that both have removed', [removal('c')], [removal('c')], []],
  ['new ones', [{ kind: 'addVariation', value: 1 }], [{ kind: 'addVariation', value: 2 }], []],
  ['both orders', [{ kind: 'reorderVariations' }, variation('a')], [{ kind: 'reorderVariations', ids: [] }], ['the order of variations']],
  [
    'what new environments serve',
    [{ kind: 'updateDefaultVariation', onVariationValue: 1, offVariationValue: 2 }],
    [{ kind: 'updateDefaultVariation', offVariationValue: 3 }],
    ['what new environments serve when off'],
  ],
  ['the name', [value('updateName', 'a'), value('updateDescription', 'a')], [value('updateName', 'b')], ['the name']],
  ['other settings', [value('updateName', 'a')], [value('updateDescription', 'b'), tags('addTags', 'x')], []],
  ['one tag', [tags('addTags', 'x', 'y')], [tags('removeTags', 'y', 'z')], ['the tag y']],
  ['who looks after it', [{ kind: 'removeMaintainer' }], [value('updateMaintainerTeam', 'web')], ['who looks after it']],
  ['one property', [property('replaceCustomProperties', 'jira')], [property('removeCustomProperties', 'jira')], ['the property jira']],
  ['two properties', [property('addCustomProperties', 'jira')], [property('addCustomProperties', 'docs')], []],
  [
    'one kind of SDK',
    [value('turnOnClientSideAvailability', 'usingMobileKey'), value('turnOnClientSideAvailability', 'usingEnvironmentId')],
    [value('turnOffClientSideAvailability', 'usingMobileKey')],
    ['whether mobile SDKs get it'],
  ],
])('of two changes of a whole flag, that overlaps: %s', (_, mine, theirs, named) => {
  const now = [{ _id: 'a', description: 'Classic' }, { _id: 'b' }];
  expect(overlaps(mine, theirs, { of: 'variation', now, before: [...now, { _id: 'c', description: 'Express' }] })).toEqual(named);
});

test('of a rule that is gone nothing more is asked for than that it goes', () => {
  const theirs = [{ kind: 'removeRule', ruleId: 'r2' }];
  const order = { kind: 'reorderRules', ruleIds: ['r2', 'r1', 'r3'] };
  expect(withoutGone([{ kind: 'removeRule', ruleId: 'r2' }, everyone('a'), order], theirs)).toEqual([
    everyone('a'),
    { kind: 'reorderRules', ruleIds: ['r1', 'r3'] },
  ]);
  expect(withoutGone([everyone('a')], [])).toEqual([everyone('a')]);
  expect(withoutGone([removal('a'), removal('b')], [removal('a')])).toEqual([removal('b')]);
});
