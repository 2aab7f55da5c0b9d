// The shares of a split while they are chosen: on a bar, or by number; and by what contexts are split.
import { Button, NumberInput, TextInput } from '@mantine/core';
import type { Flag } from '../../api/flags';
import { percent } from '../../format/number';
import { settler, weightsOf, withWeights } from '../../format/shares';
import { missingWeight, WHOLE, type Rollout } from '../../format/steps';
import { variationName } from '../../format/value';
import { targetingWords as words } from '../../strings/targeting';
import { Chip } from './OutcomeLine';
import { PushedNote } from './PushedNote';
import { RolloutBar } from './RolloutBar';
import classes from './targeting.module.css';

const PERCENT = WHOLE / 100;

export interface SharesProps {
  rollout: Rollout;
  /** The split that is saved, if it was one. */
  base: Rollout | undefined;
  variations: Flag['variations'];
  /** The step as `stepOf` names it. */
  step: string;
  onChange: (rollout: Rollout) => void;
}

export function Shares({ rollout, base, variations, step, onChange }: SharesProps) {
  const weights = weightsOf(rollout, variations.length);
  const before = base && weightsOf(base, variations.length);
  const set = (next: number[]) => onChange(withWeights(rollout, next));
  const give = (index: number, weight: number) => set(weights.map((held, at) => (at === index ? weight : held)));
  return (
    <>
      <RolloutBar rollout={rollout} weights={weights} variations={variations} onChange={set} />
      <div className={classes.shares}>
        {variations.map((variation, index) => (
          <span key={index} className={classes.share}>
            <Chip index={index} variations={variations} isPlain />
            <NumberInput
              aria-label={words.share(variationName(variation))}
              w={92}
              size="xs"
              suffix="%"
              min={0}
              max={100}
              decimalScale={3}
              hideControls
              value={(weights[index] ?? 0) / PERCENT}
              onChange={(share) => give(index, Math.round(Number(share) * PERCENT))}
            />
            {before !== undefined && before[index] !== weights[index] && (
              <span className={classes.dim}>{words.was(percent(before[index] ?? 0))}</span>
            )}
          </span>
        ))}
        <Sum missing={missingWeight(rollout)} weights={weights} variations={variations} onGive={give} />
      </div>
      {base && <PushedNote base={base} rollout={rollout} variations={variations} step={step} />}
      <div className={classes.splitBy}>
        <TextInput
          label={words.splitKind}
          value={rollout.contextKind ?? 'user'}
          onChange={(event) => onChange({ ...rollout, contextKind: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={words.splitAttribute}
          classNames={{ input: classes.mono ?? '' }}
          placeholder={KEY}
          value={rollout.bucketBy ?? ''}
          onChange={(event) => onChange({ ...rollout, bucketBy: event.currentTarget.value.trim() || undefined })}
        />
      </div>
    </>
  );
}

const KEY = 'key'; // what splits where no attribute is named

interface SumProps {
  missing: number;
  weights: number[];
  variations: Flag['variations'];
  onGive: (index: number, weight: number) => void;
}

/** Whether the shares are whole, and who gets or gives the rest. */
function Sum({ missing, weights, variations, onGive }: SumProps) {
  const at = settler(weights, missing);
  const variation = variations[at];
  const amount = percent(Math.abs(missing));
  return (
    <>
      <span className={missing === 0 ? classes.dim : classes.warning} role="status">
        {missing === 0 ? words.addsUp : (missing > 0 ? words.missing : words.tooMuch)(amount, percent(WHOLE - missing))}
      </span>
      {missing !== 0 && variation && (weights[at] ?? 0) + missing >= 0 && (
        <Button size="xs" variant="default" onClick={() => onGive(at, (weights[at] ?? 0) + missing)}>
          {(missing > 0 ? words.giveRest : words.takeRest)(variationName(variation))}
        </Button>
      )}
    </>
  );
}
