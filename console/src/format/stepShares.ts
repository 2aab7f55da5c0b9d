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

/** For how many a step decides. */
export const manyOf = ({ steps }: Pick<Found, 'steps'>, step: string): number =>
  steps.filter(({ reason }) => stepOf(reason) === step).reduce((sum, { estimate }) => sum + estimate, 0);

/** Whether it decided for none of those who were seen within a day: it is asked then whether for any within a week. */
export const isIdle = (day: Found, step: string): boolean =>
  day.total > 0 && !isOff(day) && !step.startsWith('requires ') && manyOf(day, step) === 0;

/** What is told of a step that nobody reached within a week, which is known where all were tried. */
export function unreached({ total, sampled, steps }: Found, step: string): Share | undefined {
  if (sampled < total || manyOf({ steps }, step) > 0) return undefined;
  return { part: '0', many: words.inWeek, told: words.unreached(count(total)) };
}

/** The share of a step; undefined where nobody was seen, or the flag is off: no step decides then. */
export function shareOf({ total, sampled, steps }: Found, step: string): Share | undefined {
  if (total === 0 || isOff({ steps })) return undefined;
  const many = manyOf({ steps }, step);
  const of = sampled < total ? words.about(count(total), count(sampled)) : words.of(count(total));
  const part = sharePercent(many / total);
  return { part, many: count(many), told: `${step.startsWith('requires ') ? words.turned(count(many)) : words.decides(count(many))} ${of}` };
}
