// All keys of one kind that get a variation: found, added, compared with a list, moved and removed.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Flag } from '../../api/flags';
import { counted } from '../../format/number';
import type { Target } from '../../format/steps';
import { addKeys, removeKeys, shownKeys, type KeysOf } from '../../format/targetKeys';
import { variationName } from '../../format/value';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';
import { SidePanel } from '../../ui/SidePanel';
import { TargetEntry } from './TargetEntry';
import { TargetKeyList } from './TargetKeyList';
import { useKeysPanel } from './targetPanels';
import classes from './targetKeys.module.css';

export interface TargetPanelProps {
  of: KeysOf;
  targets: Target[];
  base: Target[];
  variations: Flag['variations'];
  refusal: string | undefined;
  onChange: (targets: Target[]) => void;
}

export function TargetPanel({ of, targets, base, variations, refusal, onChange }: TargetPanelProps) {
  const { find, close } = useKeysPanel();
  const [wanted, setWanted] = useState(find);
  const keys = shownKeys(targets, base, of);
  const found = wanted === '' ? keys : keys.filter(({ key }) => key.toLowerCase().includes(wanted.toLowerCase()));
  const moves = variations.flatMap((variation, index) => (index === of.variation ? [] : [{ name: variationName(variation), of: { ...of, variation: index } }]));
  const told = wanted === '' ? counted(keys.length, words.key) : words.foundOf(found.length, counted(keys.length, words.key));
  return (
    <SidePanel title={words.keysTitle(of.contextKind, variationNameAt(variations, of.variation))} onClose={close}>
      <div className={classes.panel}>
        <Locked refusal={refusal}>
          <TargetEntry of={of} targets={targets} variations={variations} onChange={onChange} />
        </Locked>
        <TextInput
          label={words.findKey}
          classNames={{ input: classes.mono }}
          spellCheck={false}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <p className={classes.told} role="status">
          {told}
        </p>
        <TargetKeyList
          label={words.keysTitle(of.contextKind, variationNameAt(variations, of.variation))}
          keys={found}
          isLocked={refusal !== undefined}
          moves={moves.map(({ name, of: to }) => ({ name, run: (key: string) => onChange(addKeys(targets, to, [key])) }))}
          onAdd={(key) => onChange(addKeys(targets, of, [key]))}
          onRemove={(key) => onChange(removeKeys(targets, of, [key]))}
        />
      </div>
    </SidePanel>
  );
}
