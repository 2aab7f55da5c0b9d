import { describe, expect, it } from 'vitest';
import { giveIndividually, giveKeys, individualOf } from './individual';
import { readTargeting, stepsBetween } from './steps';

const ADA = { kind: 'user', key: 'ada' };
const ACME = { kind: 'organization', key: 'acme' };
const TARGETING = readTargeting({
  targets: [{ values: ['ada'], variation: 0, contextKind: 'user' }],
  contextTargets: [
    { values: [], variation: 0, contextKind: 'user' },
    { values: ['acme', 'ada'], variation: 1, contextKind: 'organization' },
  ],
});
const { targets } = TARGETING;

describe('what a context is individually given', () => {
  it('is found among the targets of its kind only', () => {
    expect(individualOf(targets, ADA)).toBe(0);
    expect(individualOf(targets, ACME)).toBe(1);
    expect(individualOf(targets, { kind: 'device', key: 'ada' })).toBeUndefined();
    expect(individualOf([], ADA)).toBeUndefined();
  });

  it.each([
    [ADA, 0, []],
    [ADA, 1, ['removeContextTargets red', 'addContextTargets green']],
    [ADA, undefined, ['removeContextTargets red']],
    [{ kind: 'user', key: 'bob' }, 0, ['addContextTargets red']],
    [{ kind: 'user', key: 'bob' }, 1, ['addContextTargets green']],
    [{ kind: 'user', key: 'bob' }, undefined, []],
  ])('%j comes to %s by %j', (context, wanted, expected) => {
    const after = { ...TARGETING, targets: giveIndividually(targets, context, wanted) };
    const steps = stepsBetween(TARGETING, after, ['red', 'green']);
    expect(steps.map(({ kind, variationId }) => `${kind} ${String(variationId)}`)).toEqual(expected);
    for (const step of steps) expect(step).toMatchObject({ contextKind: context.kind, values: [context.key] });
  });
});

describe('keys that get a variation', () => {
  it('leave the others of their kind', () => {
    expect(giveKeys(targets, 'user', 1, ['ada', 'bob'])).toEqual([
      { values: ['acme', 'ada'], variation: 1, contextKind: 'organization' },
      { values: ['ada', 'bob'], variation: 1, contextKind: 'user' },
    ]);
  });

  it('are replaced, and gone where there is none', () => {
    expect(giveKeys(targets, 'user', 0, ['bob'])).toContainEqual({ values: ['bob'], variation: 0, contextKind: 'user' });
    expect(giveKeys(targets, 'user', 0, [])).toEqual([{ values: ['acme', 'ada'], variation: 1, contextKind: 'organization' }]);
  });
});
