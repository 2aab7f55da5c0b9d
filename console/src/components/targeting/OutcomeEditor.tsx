// Choosing what a step serves: one variation, or percentages that have to be whole.
import { Select } from '@mantine/core';
import type { Flag } from '../../api/flags';
import { WHOLE, type Outcome, type Rollout } from '../../format/steps';
import { variationName } from '../../format/value';
import { targetingWords as words } from '../../strings/targeting';
import { Shares } from './Shares';
import classes from './targeting.module.css';

const SPLIT = 'split';

export interface OutcomeEditorProps {
  label: string;
  outcome: Outcome;
  /** What is saved. */
  base?: Outcome | undefined;
  variations: Flag['variations'];
  /** The step as `stepOf` names it. */
  step: string;
  /** Without percentages. */
  isPlain?: boolean;
  onChange: (outcome: Outcome) => void;
}

export function OutcomeEditor({ label, outcome, base, variations, step, isPlain = false, onChange }: OutcomeEditorProps) {
  const choices = variations.map((variation, index) => ({ value: String(index), label: variationName(variation) }));
  const { variation, rollout } = outcome;
  const chosen = rollout ? SPLIT : choices[variation ?? -1]?.value ?? null;
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
        <Shares rollout={rollout} base={base?.rollout} variations={variations} step={step} onChange={(next) => onChange({ rollout: next })} />
      )}
    </div>
  );
}

/** Everything to the first, so that who begins a rollout moves nobody by accident. */
function allToFirst(count: number): Rollout {
  const variations = Array.from({ length: count }, (_, variation) => ({ variation, weight: variation === 0 ? WHOLE : 0 }));
  return { variations };
}
