import { describe, expect, it } from 'vitest';
import { tellTargeting } from './targeting';

const ALL = { on: true, serves: [{ variation: 0, weight: 100_000 }], servable: 1, rules: 0, targets: 0, prerequisites: 0 };
const FALSE = [{ variation: 1, weight: 100_000 }];
const SPLIT = [{ variation: 0, weight: 20_000 }, { variation: 1, weight: 80_000 }];
const isFalse = (variation: number) => variation === 1;
const name = (variation: number) => ['true', 'false'][variation] ?? '';

describe('the targeting of a flag', () => {
  it.each([
    [ALL, 'Everyone gets true', false],
    [{ ...ALL, on: false, serves: FALSE }, 'Off, serves false', false],
    [{ ...ALL, on: false, serves: [] }, 'Off, serves the value in the code', false],
    [{ ...ALL, serves: FALSE }, 'On, but all get false', true],
    [{ ...ALL, serves: FALSE, servable: 2, targets: 3 }, '3 targets', false],
    [{ ...ALL, serves: SPLIT, servable: 2 }, 'Percentage rollout', false],
    [{ ...ALL, serves: SPLIT, servable: 2, rules: 1, targets: 4 }, 'Percentage rollout, 1 rule', false],
    [{ ...ALL, servable: 2, prerequisites: 1 }, '1 requirement', false],
  ])('%j reads “%s”', (targeting, text, isWarning) => {
    expect(tellTargeting(targeting, name, isFalse)).toEqual({ text, isWarning });
  });

  it('warns of no one value of a flag of other kinds', () => {
    expect(tellTargeting({ ...ALL, serves: FALSE }, name, () => false).isWarning).toBe(false);
  });
});
