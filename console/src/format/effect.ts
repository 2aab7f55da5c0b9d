// What a change would have done to the contexts seen of late: by which step, and what is pushed along.
import { effectWords as words } from '../strings/effect';

/** Of what is changed in all environments at once, these change who gets which variation. */
const MOVING = new Set(['archiveFlag', 'restoreFlag', 'removeVariation']);

export interface StepReason {
  kind: string;
  ruleIndex?: number;
  ruleID?: string;
  prerequisiteKey?: string;
}

/** Contexts that would go from one variation to another, by index; null is the default in the code. */
export interface Move {
  before: number | null;
  after: number | null;
  /** Both are the same variation, whose value is another. */
  revalued: boolean;
  reasonBefore: StepReason;
  reasonAfter: StepReason;
  estimate: number;
}

/** A share between others that changes its place in a split, though perhaps not its size. */
export interface Pushed {
  variation: number;
  losing: number;
  gaining: number;
}

/** The step that decides, in a few words: `rule 3`. */
export function stepOf({ kind, ruleIndex = 0, prerequisiteKey = '' }: StepReason): string {
  if (kind === 'RULE_MATCH') return words.rule(ruleIndex + 1);
  if (kind === 'PREREQUISITE_FAILED') return words.requires(prerequisiteKey);
  return words.steps[kind] ?? kind;
}

/** Whether some change of the flag says who gets which value: of what is the same everywhere, little does. */
export const canMove = (steps: { kind: string; value?: unknown }[]): boolean =>
  steps.some(({ kind, value }) => MOVING.has(kind) || (kind === 'updateVariation' && value !== undefined));

/** Whether the same step decides before and after, wherever it stands. */
function isSameStep({ reasonBefore: one, reasonAfter: other }: Move): boolean {
  if (one.kind !== other.kind) return false;
  return one.ruleID === undefined ? stepOf(one) === stepOf(other) : one.ruleID === other.ruleID;
}

/** The step after the change, and the one before it where that is another. */
export const stepsOf = (move: Move): { step: string; was: string | undefined } => ({
  step: stepOf(move.reasonAfter),
  was: isSameStep(move) ? undefined : stepOf(move.reasonBefore),
});

/** Variations that both lose and gain contexts within splits, since their share was pushed along the scale. */
export function pushedAlong(moves: Move[]): Pushed[] {
  const within = moves.filter((move) => move.before !== null && move.after !== null && !move.revalued && isSameStep(move));
  const sum = (found: Move[]) => found.reduce((total, { estimate }) => total + estimate, 0);
  const losers = new Set(within.map(({ before }) => before).filter((before) => before !== null));
  return [...losers]
    .sort((one, other) => one - other)
    .map((variation) => ({
      variation,
      losing: sum(within.filter(({ before }) => before === variation)),
      gaining: sum(within.filter(({ after }) => after === variation)),
    }))
    .filter(({ gaining }) => gaining > 0);
}
