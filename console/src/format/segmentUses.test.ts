import { expect, it } from 'vitest';
import { rulesAsking } from './segmentUses';

const rule = (op: string, ...values: string[]) => ({ clauses: [{ op: 'in', values: ['SE'] }, { op, values }] });

it.each([
  [[], []],
  [[rule('in', 'beta')], []],
  [[rule('segmentMatch', 'staff')], []],
  [[rule('segmentMatch', 'staff'), rule('segmentMatch', 'staff', 'beta'), {}, rule('segmentMatch', 'beta')], [2, 4]],
])('finds the rules that ask for a segment: %j', (rules, expected) => {
  expect(rulesAsking(rules, 'beta')).toEqual(expected);
});
