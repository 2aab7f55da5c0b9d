// Writing the keys of every variation: a few as pills, many in their panel. A key has one variation.
import { Button } from '@mantine/core';
import { useState, type Ref } from 'react';
import type { Flag } from '../../api/flags';
import { giveKeys } from '../../format/individual';
import { count } from '../../format/number';
import type { Target } from '../../format/steps';
import { compareKeys, keysIn, type Compared, type KeysOf } from '../../format/targetKeys';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { ValuesInput } from '../../ui/ValuesInput';
import { useOpenedFocus } from './newFocus';
import { TakenKeys } from './TakenKeys';
import { useKeysPanel } from './targetPanels';
import classes from './targeting.module.css';

const PILLS = 50; // keys that are written as pills

interface TargetFieldsProps {
  targets: Target[];
  variations: Flag['variations'];
  onChange: (targets: Target[]) => void;
}

export function TargetFields({ targets, variations, onChange }: TargetFieldsProps) {
  const [kinds, setKinds] = useState(() => [...new Set(['user', ...targets.map(({ contextKind }) => contextKind)])]);
  const first = useOpenedFocus();
  return (
    <div className={classes.fields}>
      <ValuesInput label={words.kindOf} maw={420} value={kinds} onChange={setKinds} />
      {kinds.map((contextKind, kind) =>
        variations.map((_, variation) => (
          <Keys
            key={`${contextKind} ${variation}`}
            field={kind === 0 && variation === 0 ? first : undefined}
            of={{ contextKind, variation }}
            targets={targets}
            variations={variations}
            onChange={onChange}
          />
        )),
      )}
    </div>
  );
}

function Keys({ field, of, targets, variations, onChange }: TargetFieldsProps & { field: Ref<HTMLInputElement> | undefined; of: KeysOf }) {
  const [taken, setTaken] = useState<Compared['elsewhere']>([]);
  const { open } = useKeysPanel();
  const label = `${of.contextKind}: ${words.targetsOf(variationNameAt(variations, of.variation))}`;
  const keys = keysIn(targets, of);
  const change = (typed: string[]) => {
    const { elsewhere } = compareKeys(targets, of, typed);
    const refused = new Set(elsewhere.map(({ key }) => key));
    setTaken((before) => [...before, ...elsewhere]);
    onChange(giveKeys(targets, of.contextKind, of.variation, typed.filter((key) => !refused.has(key))));
  };
  if (keys.length > PILLS) {
    return (
      <div className={classes.manyKeys}>
        <b>{label}</b>
        <Button variant="default" aria-label={`${label}: ${words.editKeys(count(keys.length))}`} onClick={() => open(of)}>
          {words.editKeys(count(keys.length))}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <ValuesInput
        ref={field}
        label={label}
        placeholder={words.addKeys}
        classNames={{ pill: classes.mono }}
        value={keys}
        onChange={change}
      />
      <TakenKeys taken={taken} of={of} targets={targets} variations={variations} onChange={onChange} onSettled={() => setTaken([])} />
    </div>
  );
}
