import { expect, it } from 'vitest';
import { canMove, pushedAlong, stepsOf, type Move, type StepReason } from './effect';

const rule = (ruleIndex: number, ruleID = `r${ruleIndex}`): StepReason => ({ kind: 'RULE_MATCH', ruleIndex, ruleID });
const everyone: StepReason = { kind: 'FALLTHROUGH' };
const move = (before: number | null, after: number | null, estimate = 1, reasonBefore = everyone, reasonAfter = reasonBefore): Move => ({
  before,
  after,
  revalued: false,
  estimate,
  reasonBefore,
  reasonAfter,
});

it.each<[StepReason, StepReason, string, string | undefined]>([
  [rule(2), rule(2), 'rule 3', undefined],
  [rule(0, 'a'), rule(1, 'a'), 'rule 2', undefined],
  [rule(0, 'a'), rule(0, 'b'), 'rule 1', 'rule 1'],
  [everyone, { kind: 'TARGET_MATCH' }, 'targets', 'everyone else'],
  [{ kind: 'OFF' }, everyone, 'everyone else', 'off'],
  [everyone, { kind: 'PREREQUISITE_FAILED', prerequisiteKey: 'basket' }, 'requires basket', 'everyone else'],
  [
    { kind: 'PREREQUISITE_FAILED', prerequisiteKey: 'a' },
    { kind: 'PREREQUISITE_FAILED', prerequisiteKey: 'b' },
    'requires b',
    'requires a',
  ],
])('names the step that moves contexts, and the one that had them: %o, %o', (before, after, step, was) => {
  expect(stepsOf(move(0, 1, 1, before, after))).toEqual({ step, was });
});

it('finds a share in the middle that is pushed along', () => {
  expect(pushedAlong([move(2, 1, 2026, rule(2)), move(1, 0, 2019, rule(2)), move(2, 0, 31, rule(2))])).toEqual([
    { variation: 1, losing: 2019, gaining: 2026 },
  ]);
});

it.each<[string, Move[]]>([
  ['none moves', []],
  ['shares grow at the edge', [move(1, 0), move(2, 0)]],
  ['they move between steps', [move(0, 1, 5, everyone, rule(0)), move(1, 0, 5, rule(0), everyone)]],
  ['the default in the code comes and goes', [move(null, 0), move(0, null)]],
])('pushes nothing along where %s', (_, moves) => {
  expect(pushedAlong(moves)).toEqual([]);
});

it('takes a variation whose value is another for none that is pushed along', () => {
  expect(pushedAlong([{ ...move(0, 0, 5), revalued: true }])).toEqual([]);
});

it.each([
  [[{ kind: 'archiveFlag' }], true],
  [[{ kind: 'updateName', value: 'Other' }], false],
  [[{ kind: 'updateVariation', name: 'Other' }], false],
  [[{ kind: 'addTags' }, { kind: 'updateVariation', value: 3 }], true],
])('knows what of a whole flag changes who gets what: %o', (steps, expected) => {
  expect(canMove(steps)).toBe(expected);
});
