// The targeting of a flag in five words.
import { flagListWords as words } from '../strings/flagList';
import { counted } from './number';

interface Targeting {
  on: boolean;
  serves: { variation: number; weight: number }[];
  servable: number;
  rules: number;
  targets: number;
  prerequisites: number;
}

export interface Told {
  text: string;
  /** On, though everybody gets the same. */
  isWarning: boolean;
}

/** `name` tells how a variation is called, `isFalse` whether it is the `false` of a boolean. */
export function tellTargeting(
  targeting: Targeting,
  name: (variation: number) => string,
  isFalse: (variation: number) => boolean,
): Told {
  const [only] = targeting.serves;
  const served = only === undefined ? words.codeDefault : name(only.variation);
  if (!targeting.on) return { text: words.offServes(served), isWarning: false };
  if (targeting.servable === 1 && only !== undefined && isFalse(only.variation)) {
    return { text: words.allGet(served), isWarning: true };
  }
  return { text: tellSteps(targeting) ?? words.everyone(served), isWarning: false };
}

function tellSteps({ rules, targets, prerequisites, serves }: Targeting): string | undefined {
  const split = serves.length > 1;
  const parts = [
    split ? words.split : '',
    rules > 0 ? counted(rules, words.rule) : '',
    targets > 0 ? counted(targets, words.target) : '',
    prerequisites > 0 ? counted(prerequisites, words.requirement) : '',
  ].filter(Boolean);
  return parts.length === 0 ? undefined : parts.slice(0, 2).join(', ');
}
