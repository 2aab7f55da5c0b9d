// Keys that another variation has, and are therefore not taken here: where they are, and moving them.
import { Button } from '@mantine/core';
import type { Flag } from '../../api/flags';
import type { Target } from '../../format/steps';
import { addKeys, compareKeys, type Compared, type KeysOf } from '../../format/targetKeys';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { Note } from '../../ui/Note';
import { useKeysPanel } from './targetPanels';
import classes from './targetKeys.module.css';

interface TakenKeysProps {
  taken: Compared['elsewhere'];
  /** Where they were written. */
  of: KeysOf;
  targets: Target[];
  variations: Flag['variations'];
  onChange: (targets: Target[]) => void;
  onSettled?: () => void;
}

export function TakenKeys({ taken, of, targets, variations, onChange, onSettled }: TakenKeysProps) {
  const { open } = useKeysPanel();
  const { elsewhere } = compareKeys(targets, of, taken.map(({ key }) => key)); // what was moved meanwhile is settled
  const [first] = elsewhere;
  if (first === undefined) return null;
  const move = () => {
    onChange(addKeys(targets, of, elsewhere.map(({ key }) => key)));
    onSettled?.();
  };
  return (
    <div className={classes.taken}>
      <Note tone="warn" role="alert">
        {words.taken(first.key, variationNameAt(variations, first.variation), elsewhere.length - 1)}
        <div className={classes.acts}>
          <Button size="xs" variant="subtle" onClick={() => open({ ...of, variation: first.variation }, first.key)}>
            {words.showKey(first.key)}
          </Button>
          <Button size="xs" variant="default" onClick={move}>
            {words.moveHere(elsewhere.length)}
          </Button>
        </div>
      </Note>
    </div>
  );
}
