import { describe, expect, it } from 'vitest';
import { removalOf, servable, type Question, type Use } from './removal';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * 3_600_000;
const half = { variations: [{ variation: 0, weight: 50_000 }, { variation: 2, weight: 50_000 }, { variation: 1, weight: 0 }] };

const inUse = (change: Partial<Use> = {}): Use => ({
  name: 'Production',
  status: 'launched',
  on: true,
  targeting: { offVariation: 1, fallthrough: { variation: 0 } },
  lastModified: NOW - 30 * DAY,
  lastRequested: NOW - 60_000,
  ...change,
});

const asked = (change: Partial<Question> = {}): Question => ({
  isTemporary: true,
  isArchived: false,
  dependents: 0,
  uses: [inUse()],
  name: (served) => (served === null ? 'the value in the code' : `v${served}`),
  now: NOW,
  ...change,
});

describe('what a flag can give', () => {
  it.each([
    ['its off variation while it is off', { on: false }, [1]],
    ['the value in the code while it is off without one', { on: false, targeting: {} }, [null]],
    ['to everyone else', {}, [0]],
    ['by shares that are some', { targeting: { fallthrough: { rollout: half } } }, [0, 2]],
    ['by rules and targets', { targeting: { fallthrough: { variation: 2 }, rules: [{ _id: 'r', clauses: [], variation: 0 }], targets: [{ contextKind: 'user', variation: 1, values: ['a'] }] } }, [0, 1, 2]],
    ['where a requirement is not met', { targeting: { offVariation: 1, fallthrough: { variation: 0 }, prerequisites: [{ key: 'k', variation: 0 }] } }, [0, 1]],
    ['no target without keys', { targeting: { fallthrough: { variation: 0 }, targets: [{ contextKind: 'user', variation: 1, values: [] }] } }, [0]],
  ])('is %s', (_, change, given) => {
    expect(servable(inUse(change))).toEqual(given);
  });
});

describe('a flag', () => {
  it.each([
    ['archived', { isArchived: true }],
    ['new', { uses: [inUse({ status: 'new', lastRequested: undefined })] }],
    ['required', { dependents: 2 }],
    ['remove', { uses: [inUse({ status: 'inactive', lastRequested: NOW - 8 * DAY })] }],
    ['remove', { isTemporary: false, uses: [inUse({ status: 'inactive', lastRequested: undefined })] }],
    ['code', {}],
    ['permanent', { isTemporary: false }],
    ['notYet', { uses: [inUse(), inUse({ name: 'Test', on: false })] }],
    ['notYet', { uses: [inUse({ lastModified: NOW - DAY })] }],
  ] as const)('is judged %s', (verdict, change) => {
    expect(removalOf(asked(change as Partial<Question>)).verdict).toBe(verdict);
  });

  it('says the value that everybody gets', () => {
    expect(removalOf(asked()).value).toBe('v0');
    expect(removalOf(asked({ uses: [inUse(), inUse({ on: false })] })).value).toBe('');
  });

  it('says what speaks for it and what against', () => {
    const uses = [inUse(), inUse({ name: 'Test', on: false, lastModified: NOW - 2 * DAY, lastRequested: undefined })];
    expect(removalOf(asked({ uses, isTemporary: false, dependents: 1 })).checks).toEqual([
      { isMet: false, text: 'It is marked as permanent: it is meant to stay.' },
      { isMet: false, text: 'What it serves differs: Production: v0; Test: v1.' },
      { isMet: false, text: 'It was changed within a week: Test 2 d ago.' },
      { isMet: false, text: 'Code still asks for it: Production 1 min ago.' },
      { isMet: false, text: '1 flag requires it.' },
    ]);
    expect(removalOf(asked({ uses: [inUse({ lastRequested: undefined })] })).checks.map(({ isMet }) => isMet)).toEqual([true, true, true, true, true]);
  });
});
