import { describe, expect, it } from 'vitest';
import { isIdle, shareOf, unreached } from './stepShares';

const step = (kind: string, estimate: number, more: object = {}) => ({ reason: { kind, ...more }, estimate });
const FOUND = {
  total: 1000,
  sampled: 1000,
  steps: [
    step('FALLTHROUGH', 600),
    step('RULE_MATCH', 300, { ruleID: 'one' }),
    step('RULE_MATCH', 50, { ruleID: 'one', inExperiment: true }),
    step('TARGET_MATCH', 46),
    step('PREREQUISITE_FAILED', 4, { prerequisiteKey: 'basket' }),
  ],
};

describe('the share of a step', () => {
  it.each([
    ['fallthrough', '60%', '600'],
    ['rule one', '35%', '350'],
    ['rule two', '0%', '0'],
    ['targets', '4.6%', '46'],
    ['requires basket', '0.4%', '4'],
  ])('%s is %s', (name, part, many) => {
    expect(shareOf(FOUND, name)).toMatchObject({ part, many });
  });

  it('is told with what it is of', () => {
    expect(shareOf(FOUND, 'targets')?.told).toBe('Decides for 46 of 1,000 contexts seen in the last 24 hours.');
    expect(shareOf(FOUND, 'requires basket')?.told).toBe('Turns away 4 of 1,000 contexts seen in the last 24 hours.');
    expect(shareOf({ ...FOUND, sampled: 400 }, 'targets')?.told).toBe(
      'Decides for 46 of about 1,000 contexts seen in the last 24 hours, by the 400 that were seen last.',
    );
  });

  it('is not 0% where nobody was seen, nor where the flag is off', () => {
    expect(shareOf({ total: 0, sampled: 0, steps: [] }, 'fallthrough')).toBeUndefined();
    expect(shareOf({ total: 9, sampled: 9, steps: [step('OFF', 9)] }, 'fallthrough')).toBeUndefined();
  });
});

describe('a step that decides for nobody', () => {
  it.each([
    ['rule two', true],
    ['rule one', false],
    ['requires nothing', false],
  ])('%s: asked of a week: %s', (name, asked) => {
    expect(isIdle(FOUND, name)).toBe(asked);
  });

  it('is told of the week where all were tried and none was found', () => {
    expect(unreached(FOUND, 'rule two')).toEqual({
      part: '0',
      many: 'in 7 days',
      told: 'Decides for none of 1,000 contexts seen in the last 7 days.',
    });
    expect(unreached(FOUND, 'rule one')).toBeUndefined();
    expect(unreached({ ...FOUND, sampled: 400 }, 'rule two')).toBeUndefined();
  });
});
