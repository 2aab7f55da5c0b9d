// The shares of a split end to end, in the colours of their variations.
import type { Flag } from '../../api/flags';
import { WHOLE, type Rollout } from '../../format/steps';
import { variationColor } from './VariationMark';
import classes from './flags.module.css';

export function SplitBar({ rollout, variations }: { rollout: Rollout; variations: Flag['variations'] }) {
  return (
    <div className={classes.split} aria-hidden>
      {rollout.variations.map(({ variation, weight }, place) => (
        <span
          key={place}
          style={{
            width: `${(100 * weight) / WHOLE}%`,
            background: variationColor(variation, variations[variation]?.value === false),
          }}
        />
      ))}
    </div>
  );
}
