// For how many of the contexts that were seen of late each step of a flag decides.
import { shareWords as words } from '../strings/targeting';
import { count } from './number';
import { sharePercent } from './traffic';

interface Counted {
  reason: { kind: string; ruleID?: string; prerequisiteKey?: string };
  estimate: number;
}

export interface Found {
  total: number;
  sampled: number;
  steps: readonly Counted[];
}

/** What stands beside a step: its part of all, how many these are, and both in a sentence. */
export interface Share {
  part: string;
  many: string;
  told: string;
}

/** A step by its name: `rule <id>`, `requires <flag>`, `targets`, `fallthrough`. */
export function stepOf({ kind, ruleID = '', prerequisiteKey = '' }: Counted['reason']): string {
  if (kind === 'RULE_MATCH') return `rule ${ruleID}`;
  if (kind === 'PREREQUISITE_FAILED') return `requires ${prerequisiteKey}`;
  return kind === 'TARGET_MATCH' ? 'targets' : kind.toLowerCase();
}

/** Whether nothing is decided, since the flag is off. */
export const isOff = ({ steps }: Pick<Found, 'steps'>) => steps.some(({ reason }) => reason.kind === 'OFF');

/** The share of a step; undefined where nobody was seen, or the flag is off: no step decides then. */
export function shareOf({ total, sampled, steps }: Found, step: string): Share | undefined {
  if (total === 0 || isOff({ steps })) return undefined;
  const many = steps.filter(({ reason }) => stepOf(reason) === step).reduce((sum, { estimate }) => sum + estimate, 0);
  const of = sampled < total ? words.about(count(total), count(sampled)) : words.of(count(total));
  const part = sharePercent(many / total);
  return { part, many: count(many), told: `${step.startsWith('requires ') ? words.turned(count(many)) : words.decides(count(many))} ${of}` };
}
