// The list of variations while it is edited: values, names, order.
import { ActionIcon, Button, TextInput, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { emptyVariation, FEWEST, type EditedVariation, type ValueKind } from '../../../format/variations';
import { variationWords as words } from '../../../strings/variations';
import { Keys } from '../../../ui/KeyPill';
import { Note } from '../../../ui/Note';
import { useShortcuts } from '../../../ui/shortcuts';
import { VariationMark } from '../VariationMark';
import { JsonCompare } from './JsonCompare';
import { ValueField } from './ValueField';
import classes from './variations.module.css';

export interface VariationRowsProps {
  kind: ValueKind;
  list: EditedVariation[];
  /** As they are saved; none of what is being made. */
  saved?: EditedVariation[];
  problems: ReadonlyMap<string, string>;
  onChange: (list: EditedVariation[]) => void;
  /** Why one cannot be removed; undefined if it can. */
  removal?: (variation: EditedVariation) => string | undefined;
  /** What stands below one, as where it is served. */
  below?: (variation: EditedVariation) => ReactNode;
  isReadOnly?: boolean;
  /** Whether a key adds one, as the main thing of its page. */
  hasKey?: boolean;
}

export function VariationRows({ kind, list, saved = [], problems, onChange, removal, below, isReadOnly = false, hasKey = false }: VariationRowsProps) {
  const [said, say] = useState('');
  const [refused, refuse] = useState<{ id: string; why: string }>();
  const isFixed = kind === 'boolean' || isReadOnly;
  const add = () => onChange([...list, emptyVariation(list)]);
  useShortcuts(hasKey && !isFixed ? [{ keys: 'c', label: words.add, run: add }] : []);
  const set = (variation: EditedVariation) => onChange(list.map((one) => (one._id === variation._id ? variation : one)));
  const remove = (variation: EditedVariation) => {
    const why = list.length <= FEWEST ? words.fewest : removal?.(variation);
    refuse(why === undefined ? undefined : { id: variation._id, why });
    if (why === undefined) onChange(list.filter((one) => one !== variation));
  };
  const move = (from: number, by: number) => {
    const [variation] = list.slice(from);
    if (variation === undefined) return;
    const others = list.filter((one) => one !== variation);
    onChange([...others.slice(0, from + by), variation, ...others.slice(from + by)]);
    say(words.moved(from + 1, from + by + 1, list.length));
  };
  return (
    <>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <ol className={classes.list}>
        {list.map((variation, at) => (
          <li key={variation._id} className={classes.row} data-kind={kind}>
            <span className={classes.mark}>
              <VariationMark index={at} isFalse={kind === 'boolean' && variation.text === 'false'} size={14} />
            </span>
            <fieldset className={classes.fields}>
              <VisuallyHidden component="legend">{words.variation(at + 1)}</VisuallyHidden>
              <div className={classes.value}>
                <ValueField
                  kind={kind}
                  place={at + 1}
                  text={variation.text}
                  isFixed={isFixed}
                  problem={problems.get(variation._id)}
                  onChange={(text) => set({ ...variation, text })}
                />
                {kind === 'json' && <JsonCompare variation={variation} list={list} saved={saved} />}
              </div>
              <Words place={at + 1} variation={variation} isReadOnly={isReadOnly} onChange={set} />
            </fieldset>
            {!isReadOnly && (
              <span className={classes.acts}>
                <Act label={words.moveUp(at + 1)} icon={IconArrowUp} isOff={at === 0} run={() => move(at, -1)} />
                <Act label={words.moveDown(at + 1)} icon={IconArrowDown} isOff={at === list.length - 1} run={() => move(at, 1)} />
                {kind !== 'boolean' && <Act label={words.remove(at + 1)} icon={IconTrash} run={() => remove(variation)} />}
              </span>
            )}
            <div className={classes.below}>
              {refused?.id === variation._id && (
                <Note tone="warn" role="alert">
                  {refused.why}
                </Note>
              )}
              {below?.(variation)}
            </div>
          </li>
        ))}
      </ol>
      {!isFixed && (
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          rightSection={hasKey && <Keys keys="c" />}
          className={classes.add ?? ''}
          onClick={add}
        >
          {words.add}
        </Button>
      )}
    </>
  );
}

interface WordsProps {
  place: number;
  variation: EditedVariation;
  isReadOnly: boolean;
  onChange: (variation: EditedVariation) => void;
}

function Words({ place, variation, isReadOnly, onChange }: WordsProps) {
  return (
    <>
      <TextInput
        label={words.name}
        placeholder={words.optional}
        aria-label={words.nameOf(place)}
        disabled={isReadOnly}
        value={variation.name}
        onChange={(event) => onChange({ ...variation, name: event.currentTarget.value })}
      />
      <TextInput
        label={words.description}
        placeholder={words.optional}
        aria-label={words.descriptionOf(place)}
        disabled={isReadOnly}
        value={variation.description}
        onChange={(event) => onChange({ ...variation, description: event.currentTarget.value })}
      />
    </>
  );
}

function Act({ label, icon: Icon, isOff = false, run }: { label: string; icon: typeof IconPlus; isOff?: boolean; run: () => void }) {
  return (
    <ActionIcon size="xs" variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={run}>
      <Icon size={14} stroke={1.6} />
    </ActionIcon>
  );
}
