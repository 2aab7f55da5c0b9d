import { describe, expect, it } from 'vitest';
import { shareOf } from './stepShares';

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
