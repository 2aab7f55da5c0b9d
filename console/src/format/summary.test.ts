import { expect, it } from 'vitest';
import type { Step } from './steps';
import { summaryOf } from './summary';

const RULES = ['a', 'b', 'new-1', 'c'].map((_id) => ({ _id }));

it.each<[Step[], string]>([
  [[], ''],
  [[{ kind: 'addContextTargets', values: ['x', 'y'] }, { kind: 'addContextTargets', values: ['z'] }], '3 keys added'],
  [[{ kind: 'removeContextTargets', values: ['x'] }], '1 key removed'],
  [[{ kind: 'updateClause', ruleId: 'c' }, { kind: 'updateRuleDescription', ruleId: 'c' }], 'rule 4 changed'],
  [[{ kind: 'updateClause', ruleId: 'c' }, { kind: 'addClauses', ruleId: 'a' }], 'rules 1, 4 changed'],
  [[{ kind: 'addRule' }, { kind: 'removeRule', ruleId: 'gone' }, { kind: 'removeRule', ruleId: 'b' }], '1 rule added, 2 rules removed'],
  [[{ kind: 'reorderRules', ruleIds: [] }], 'rules in another order'],
  [[{ kind: 'updateFallthroughVariationOrRollout' }, { kind: 'updateTrackEventsFallthrough' }], 'everyone else changed'],
  [[{ kind: 'addPrerequisite' }, { kind: 'updateOffVariation' }, { kind: 'updateTrackEvents' }], 'requirements changed, what is served when off changed, sending of evaluations changed'],
])('%j', (steps, summary) => {
  expect(summaryOf(steps, RULES)).toBe(summary);
});
