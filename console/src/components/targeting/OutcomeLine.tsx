// What a step serves, as one reads it: a variation, or the shares of a split.
import type { Flag } from '../../api/flags';
import { percent } from '../../format/number';
import type { Outcome } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { VariationChip } from '../flags/VariationChip';
import classes from './targeting.module.css';

export interface OutcomeLineProps {
  outcome: Outcome;
  variations: Flag['variations'];
}

export function OutcomeLine({ outcome, variations }: OutcomeLineProps) {
  const { variation, rollout } = outcome;
  if (rollout !== undefined) return <SplitLine rollout={rollout} variations={variations} />;
  if (variation === undefined) return <span className={classes.warning}>{words.pickOutcome}</span>;
  return (
    <span className={classes.outcome}>
      {words.serve} <Chip index={variation} variations={variations} />
    </span>
  );
}

function SplitLine({ rollout, variations }: { rollout: NonNullable<Outcome['rollout']>; variations: Flag['variations'] }) {
  return (
    <span className={classes.outcome}>
      {rollout.variations
        .filter(({ weight }) => weight > 0)
        .map(({ variation, weight }) => (
          <span key={variation} className={classes.share}>
            <Chip index={variation} variations={variations} isPlain /> {percent(weight)}
          </span>
        ))}
      <span className={classes.dim}>
        {words.splitBy} {rollout.contextKind ?? 'user'} {rollout.bucketBy ?? 'key'}
        {rollout.seed !== undefined && words.seeded(rollout.seed)}
      </span>
    </span>
  );
}

interface ChipProps {
  index: number;
  variations: Flag['variations'];
  isPlain?: boolean;
}

/** A variation by its place; one that is gone is named by its number. */
export function Chip({ index, variations, isPlain = false }: ChipProps) {
  const variation = variations[index];
  if (variation === undefined) return <span className={classes.warning}>{words.variationAt(index)}</span>;
  return <VariationChip variation={variation} index={index} isPlain={isPlain} />;
}
