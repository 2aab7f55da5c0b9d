// The shares of a split as one changes them: by number, or by the boundary between two of them.
import { WHOLE, type Rollout } from './steps';

const PERCENT = WHOLE / 100;

/** The share of every variation, by its index. */
export const weightsOf = (rollout: Rollout, count: number) =>
  Array.from({ length: count }, (_, index) => rollout.variations.find(({ variation }) => variation === index)?.weight ?? 0);

export const withWeights = (rollout: Rollout, weights: number[]): Rollout => ({
  ...rollout,
  variations: weights.map((weight, variation) => ({ variation, weight })),
});

/** Where each share ends on the scale, the last one left out. */
export function boundariesOf(weights: number[]): number[] {
  let end = 0;
  return weights.slice(0, -1).map((weight) => (end += weight));
}

/** Weights with the boundary after the share `at` put elsewhere, as far as the two shares beside it reach. */
export function moveBoundary(weights: number[], at: number, end: number): number[] {
  const begin = weights.slice(0, at).reduce((sum, weight) => sum + weight, 0);
  const both = (weights[at] ?? 0) + (weights[at + 1] ?? 0);
  const left = Math.min(both, Math.max(0, Math.round(end) - begin));
  return weights.map((weight, index) => (index === at ? left : index === at + 1 ? both - left : weight));
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -100, End: 100 };

/** How far a key moves a boundary: one percent, ten with Shift, or to its end; undefined for other keys. */
export function stepOfKey(key: string, isShift: boolean): number | undefined {
  const step = STEPS[key];
  return step === undefined ? undefined : step * PERCENT * (isShift && Math.abs(step) === 1 ? 10 : 1);
}

/** Which share gets what is missing (the last), or gives what is too much (the largest). */
export function settler(weights: number[], missing: number): number {
  return missing > 0 ? weights.length - 1 : weights.indexOf(Math.max(...weights));
}

export interface Pushed {
  variation: number;
  lost: number;
  gained: number;
}

/** Where the share of each variation lies on the scale. */
function spansOf({ variations }: Rollout): Map<number, { begin: number; end: number }> {
  let end = 0;
  return new Map(variations.map(({ variation, weight }) => [variation, { begin: end, end: (end += weight) }]));
}

/** Which shares are no longer where they were, and how much of the scale gets another variation. */
export function shifted(before: Rollout, after: Rollout): { pushed: Pushed[]; moved: number } {
  const were = spansOf(before);
  const shares = [...spansOf(after)].map(([variation, { begin, end }]) => {
    const was = were.get(variation) ?? { begin: 0, end: 0 };
    const kept = Math.max(0, Math.min(end, was.end) - Math.max(begin, was.begin));
    return { variation, lost: was.end - was.begin - kept, gained: end - begin - kept };
  });
  return {
    pushed: shares.filter(({ lost, gained }) => lost > 0 && gained > 0),
    moved: shares.reduce((sum, { gained }) => sum + gained, 0),
  };
}

/** Whether it puts contexts elsewhere on the scale than another split does. */
export const dealsAnew = (before: Rollout, after: Rollout): boolean =>
  (before.contextKind ?? 'user') !== (after.contextKind ?? 'user') ||
  (before.bucketBy ?? 'key') !== (after.bucketBy ?? 'key') ||
  before.seed !== after.seed;
