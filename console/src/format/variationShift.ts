// Unsaved targeting, which names variations by their place, while somebody moves or removes variations.
import { same, type Outcome, type Step, type Targeting } from './steps';

/** The same with the places that its variations have now; those that are gone keep one behind them. */
export function followVariations(targeting: Targeting, ids: string[]): Targeting {
  const before = targeting.variationIds ?? ids;
  const now = [...ids, ...before.filter((id) => !ids.includes(id))];
  if (same(before, now)) return targeting;
  const placeOf = (place: number) => now.indexOf(before[place] ?? '');
  const follow = <T extends Outcome>({ variation, rollout, ...rest }: T) => ({
    ...rest,
    ...(variation !== undefined && { variation: placeOf(variation) }),
    ...(rollout && { rollout: { ...rollout, variations: rollout.variations.map((one) => ({ ...one, variation: placeOf(one.variation) })) } }),
  });
  const { offVariation, fallthrough, rules, targets } = targeting;
  return {
    ...targeting,
    variationIds: now,
    ...(offVariation !== undefined && { offVariation: placeOf(offVariation) }),
    fallthrough: follow(fallthrough),
    rules: rules.map(follow),
    targets: targets.map((target) => ({ ...target, variation: placeOf(target.variation) })),
  };
}

/** Whether the variations that a step is about are there. */
export const isOfSome = (step: Step): boolean =>
  !('variationId' in step && step.variationId === undefined) && !Object.keys(step.rolloutWeights ?? {}).includes('undefined');
