// Choosing what a step serves: one variation, or percentages that have to be whole.
import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import type { Flag } from '../../api/flags';
import { percent } from '../../format/number';
import { missingWeight, WHOLE, type Outcome, type Rollout } from '../../format/steps';
import { variationName } from '../../format/value';
import { targetingWords as words } from '../../strings/targeting';
import { variationColor } from '../flags/VariationMark';
import { Chip } from './OutcomeLine';
import classes from './targeting.module.css';

const SPLIT = 'split';
const PERCENT = WHOLE / 100;

export interface OutcomeEditorProps {
  label: string;
  outcome: Outcome;
  variations: Flag['variations'];
  /** Without percentages. */
  isPlain?: boolean;
  onChange: (outcome: Outcome) => void;
}

export function OutcomeEditor({ label, outcome, variations, isPlain = false, onChange }: OutcomeEditorProps) {
  const choices = variations.map((variation, index) => ({ value: String(index), label: variationName(variation) }));
  const { variation, rollout } = outcome;
  const chosen = rollout ? SPLIT : variation === undefined ? null : String(variation);
  const choose = (choice: string | null) => {
    if (choice === null) return;
    onChange(choice === SPLIT ? { rollout: allToFirst(variations.length) } : { variation: Number(choice) });
  };
  return (
    <div className={classes.outcomeEditor}>
      <Select
        label={label}
        placeholder={words.pickOutcome}
        data={isPlain ? choices : [...choices, { value: SPLIT, label: words.split }]}
        value={chosen}
        onChange={choose}
        allowDeselect={false}
        maw={260}
      />
      {rollout && (
        <Shares rollout={rollout} variations={variations} onChange={(next) => onChange({ rollout: next })} />
      )}
    </div>
  );
}

interface SharesProps {
  rollout: Rollout;
  variations: Flag['variations'];
  onChange: (rollout: Rollout) => void;
}

function Shares({ rollout, variations, onChange }: SharesProps) {
  const missing = missingWeight(rollout);
  const weightOf = (index: number) => rollout.variations.find(({ variation }) => variation === index)?.weight ?? 0;
  const give = (index: number, weight: number) => {
    const weights = variations.map((_, variation) => ({
      variation,
      weight: variation === index ? weight : weightOf(variation),
    }));
    onChange({ ...rollout, variations: weights });
  };
  const last = variations.length - 1;
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {variations.map((variation, index) => (
          <span
            key={index}
            style={{
              width: `${weightOf(index) / PERCENT}%`,
              background: variationColor(index, variation.value === false),
            }}
          />
        ))}
      </div>
      <div className={classes.shares}>
        {variations.map((variation, index) => (
          <span key={index} className={classes.share}>
            <Chip index={index} variations={variations} isPlain />
            <NumberInput
              aria-label={words.share(variationName(variation))}
              w={84}
              size="xs"
              suffix="%"
              min={0}
              max={100}
              decimalScale={3}
              hideControls
              value={weightOf(index) / PERCENT}
              onChange={(share) => give(index, Math.round(Number(share) * PERCENT))}
            />
          </span>
        ))}
        <span className={missing === 0 ? classes.dim : classes.warning} role="status">
          {missing === 0 ? words.addsUp : (missing > 0 ? words.missing : words.tooMuch)(percent(Math.abs(missing)))}
        </span>
        {missing > 0 && variations[last] && (
          <Button size="xs" variant="default" onClick={() => give(last, weightOf(last) + missing)}>
            {words.giveRest(variationName(variations[last]))}
          </Button>
        )}
      </div>
      <TextInput
        label={words.splitKind}
        maw={260}
        value={rollout.contextKind ?? 'user'}
        onChange={(event) => onChange({ ...rollout, contextKind: event.currentTarget.value.trim() })}
      />
    </>
  );
}

/** Everything to the first, so that who begins a rollout moves nobody by accident. */
function allToFirst(count: number): Rollout {
  const variations = Array.from({ length: count }, (_, variation) => ({ variation, weight: variation === 0 ? WHOLE : 0 }));
  return { variations };
}
