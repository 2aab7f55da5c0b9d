// Keys that get a variation by name, by variation and context kind.
import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Flag } from '../../api/flags';
import { giveKeys } from '../../format/individual';
import { count } from '../../format/number';
import type { Target } from '../../format/steps';
import { variationName } from '../../format/value';
import { targetingWords as words } from '../../strings/targeting';
import { KeyPill } from '../../ui/KeyPill';
import { useOpenedFocus } from './newFocus';
import { Chip } from './OutcomeLine';
import classes from './targeting.module.css';

const SHOWN = 10;

export interface TargetsCardProps {
  targets: Target[];
  variations: Flag['variations'];
  isChanged: boolean;
  isEdited: boolean;
  onEdit: (isEdited: boolean) => void;
  onChange: (targets: Target[]) => void;
}

export function TargetsCard({ targets, variations, isChanged, isEdited, onEdit, onChange }: TargetsCardProps) {
  const total = targets.reduce((sum, { values }) => sum + values.length, 0);
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.targets}>
      <div className={classes.cardHead}>
        <h2>{words.targets}</h2>
        <span className={classes.dim}>{total === 1 ? words.oneKey : words.keys(count(total))}</span>
        <span className={classes.space} />
        <Button size="xs" variant="subtle" onClick={() => onEdit(!isEdited)}>
          {isEdited ? words.done : words.editTargets}
        </Button>
      </div>
      {isEdited ? (
        <TargetFields targets={targets} variations={variations} onChange={onChange} />
      ) : (
        <TargetLines targets={targets} variations={variations} />
      )}
    </section>
  );
}

function TargetLines({ targets, variations }: Pick<TargetsCardProps, 'targets' | 'variations'>) {
  const lines = targets.filter(({ values }) => values.length > 0);
  if (lines.length === 0) return <p className={classes.dim}>{words.noTargets}</p>;
  return lines.map(({ variation, contextKind, values }) => (
    <p className={classes.clause} key={`${variation} ${contextKind}`}>
      <Chip index={variation} variations={variations} />
      <b>{contextKind}</b>
      {values.slice(0, SHOWN).map((value) => (
        <KeyPill key={value}>{value}</KeyPill>
      ))}
      {values.length > SHOWN && <span className={classes.dim}>{words.moreKeys(count(values.length - SHOWN))}</span>}
    </p>
  ));
}

function TargetFields({ targets, variations, onChange }: Pick<TargetsCardProps, 'targets' | 'variations' | 'onChange'>) {
  const [kinds, setKinds] = useState(() => [...new Set(['user', ...targets.map(({ contextKind }) => contextKind)])]);
  const first = useOpenedFocus();
  const keys = (contextKind: string, variation: number) =>
    targets.filter((one) => one.contextKind === contextKind && one.variation === variation).flatMap(({ values }) => values);
  return (
    <div className={classes.fields}>
      <TagsInput label={words.kindOf} maw={420} value={kinds} onChange={setKinds} />
      {kinds.map((contextKind, kind) =>
        variations.map((variation, index) => (
          <TagsInput
            ref={kind === 0 && index === 0 ? first : undefined}
            key={`${contextKind} ${index}`}
            label={`${contextKind}: ${words.targetsOf(variationName(variation))}`}
            placeholder={words.addKeys}
            splitChars={[',', '\n', '\t']}
            acceptValueOnBlur
            value={keys(contextKind, index)}
            onChange={(values) => onChange(giveKeys(targets, contextKind, index, values))}
          />
        )),
      )}
    </div>
  );
}
