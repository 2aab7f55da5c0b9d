// Keys that get a variation by name, by variation and context kind.
import { Button } from '@mantine/core';
import type { Flag } from '../../api/flags';
import { count } from '../../format/number';
import type { Target } from '../../format/steps';
import { listsIn, shownKeys, type KeysOf } from '../../format/targetKeys';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { KeyPill } from '../../ui/KeyPill';
import { Chip } from './OutcomeLine';
import { TargetFields } from './TargetFields';
import { TargetPanel } from './TargetPanel';
import { useKeysPanel } from './targetPanels';
import classes from './targeting.module.css';

const SHOWN = 10;

export interface TargetsCardProps {
  targets: Target[];
  /** As they are saved. */
  base: Target[];
  variations: Flag['variations'];
  isChanged: boolean;
  isEdited: boolean;
  /** Why they cannot be changed. */
  refusal: string | undefined;
  onEdit: (isEdited: boolean) => void;
  onChange: (targets: Target[]) => void;
}

export function TargetsCard(props: TargetsCardProps) {
  const { targets, isChanged, isEdited, refusal, onEdit } = props;
  const total = targets.reduce((sum, { values }) => sum + values.length, 0);
  const panel = useKeysPanel();
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.targets}>
      <div className={classes.cardHead}>
        <h2>{words.targets}</h2>
        <span className={classes.dim}>{total === 1 ? words.oneKey : words.keys(count(total))}</span>
        <span className={classes.space} />
        <Button size="xs" variant="subtle" disabled={refusal !== undefined} title={refusal} onClick={() => onEdit(!isEdited)}>
          {isEdited ? words.done : words.editTargets}
        </Button>
      </div>
      {isEdited ? <TargetFields {...props} /> : <TargetLines {...props} />}
      {panel.shown && <TargetPanel key={panel.name} {...props} of={panel.shown} />}
    </section>
  );
}

function TargetLines({ targets, base, variations }: TargetsCardProps) {
  const lists = listsIn(targets, base);
  if (lists.length === 0) return <p className={classes.dim}>{words.noTargets}</p>;
  return lists.map((of) => <TargetLine key={`${of.variation} ${of.contextKind}`} of={of} targets={targets} base={base} variations={variations} />);
}

function TargetLine({ of, targets, base, variations }: Pick<TargetsCardProps, 'targets' | 'base' | 'variations'> & { of: KeysOf }) {
  const { open } = useKeysPanel();
  const keys = shownKeys(targets, base, of);
  const rest = keys.length - SHOWN;
  const name = variationNameAt(variations, of.variation);
  return (
    <p className={classes.clause}>
      <Chip index={of.variation} variations={variations} />
      <b dir="auto">{of.contextKind}</b>
      {keys.slice(0, SHOWN).map(({ key, tone }) => (
        <KeyPill key={key} tone={tone} isUnsaved>
          {key}
        </KeyPill>
      ))}
      {rest > 0 && (
        <button type="button" className={classes.link} aria-label={words.allKeys(of.contextKind, name)} onClick={() => open(of)}>
          {words.moreKeys(count(rest))}
        </button>
      )}
    </p>
  );
}
