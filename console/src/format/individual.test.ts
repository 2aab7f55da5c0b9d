import { expect, it } from 'vitest';
import { individualOf, individualSteps } from './individual';

const ADA = { kind: 'user', key: 'ada' };
const ACME = { kind: 'organization', key: 'acme' };
const VARIATIONS = [{ _id: 'red' }, { _id: 'green' }];
const TARGETS = {
  targets: [{ values: ['ada'], variation: 0, contextKind: 'user' }],
  contextTargets: [
    { values: [], variation: 0, contextKind: 'user' },
    { values: ['acme', 'ada'], variation: 1, contextKind: 'organization' },
  ],
};

it('is found among the targets of its kind only', () => {
  expect(individualOf(TARGETS, ADA)).toBe(0);
  expect(individualOf(TARGETS, ACME)).toBe(1);
  expect(individualOf(TARGETS, { kind: 'device', key: 'ada' })).toBeUndefined();
  expect(individualOf({}, ADA)).toBeUndefined();
});

it.each([
  [ADA, 0, []],
  [ADA, 1, ['removeTargets red', 'addTargets green']],
  [ADA, undefined, ['removeTargets red']],
  [{ kind: 'user', key: 'bob' }, 1, ['addTargets green']],
  [{ kind: 'user', key: 'bob' }, undefined, []],
])('%j comes to %s by %j', (context, wanted, expected) => {
  const steps = individualSteps(VARIATIONS, TARGETS, context, wanted);
  expect(steps.map(({ kind, variationId }) => `${kind} ${variationId}`)).toEqual(expected);
  for (const step of steps) expect(step).toMatchObject({ contextKind: context.kind, values: [context.key] });
});
