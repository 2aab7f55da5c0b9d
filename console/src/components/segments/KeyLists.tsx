// The keys that a segment lists, by context kind, as one reads and as one edits them.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { count, counted } from '../../format/number';
import { countKeys, keysOfKind, withKeys, type KeyList } from '../../format/segmentSteps';
import { readKeys } from '../../format/keyLines';
import { segmentWords as words } from '../../strings/segments';
import { KeyPill } from '../../ui/KeyPill';
import { ValuesInput } from '../../ui/ValuesInput';
import classes from '../targeting/targeting.module.css';

const SHOWN = 20;
const PILLS = 100; // keys that are edited as pills
const LINES = 14;

export interface KeyListsProps {
  /** “Included keys” */
  title: string;
  lists: KeyList[];
  isChanged: boolean;
  onChange: (lists: KeyList[]) => void;
}

export function KeyLists({ title, lists, isChanged, onChange }: KeyListsProps) {
  const [isEdited, setEdited] = useState(false);
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={title}>
      <div className={classes.cardHead}>
        <h2>{title}</h2>
        <span className={classes.dim}>{counted(countKeys(lists), 'key')}</span>
        <span className={classes.space} />
        <Button size="xs" variant="subtle" onClick={() => setEdited(!isEdited)} aria-label={isEdited ? words.done : words.editList(title)}>
          {isEdited ? words.done : words.edit}
        </Button>
      </div>
      {isEdited ? <Fields title={title} lists={lists} onChange={onChange} /> : <Lines lists={lists} />}
    </section>
  );
}

function Lines({ lists }: { lists: KeyList[] }) {
  if (lists.length === 0) return <p className={classes.dim}>{words.none}</p>;
  return lists.map(({ contextKind, values }) => (
    <p className={classes.clause} key={contextKind}>
      <b>{contextKind}</b>
      {values.slice(0, SHOWN).map((value) => (
        <KeyPill key={value}>{value}</KeyPill>
      ))}
      {values.length > SHOWN && <span className={classes.dim}>{words.more(count(values.length - SHOWN))}</span>}
    </p>
  ));
}

function Fields({ title, lists, onChange }: Pick<KeyListsProps, 'title' | 'lists' | 'onChange'>) {
  const [kinds, setKinds] = useState(() => [...new Set(['user', ...lists.map(({ contextKind }) => contextKind)])]);
  return (
    <div className={classes.fields}>
      <ValuesInput label={words.kindsOf(title)} maw={420} value={kinds} onChange={setKinds} />
      {kinds.map((kind) => (
        <Keys
          key={kind}
          label={words.keysOf(kind, title)}
          value={keysOfKind(lists, kind)}
          onChange={(values) => onChange(withKeys(lists, kind, values))}
        />
      ))}
    </div>
  );
}

interface KeysProps {
  label: string;
  value: string[];
  onChange: (values: string[]) => void;
}

/** A few keys are pills; many are lines of a text, which stays quick whatever their number. */
function Keys({ label, value, onChange }: KeysProps) {
  const [isLong] = useState(value.length > PILLS);
  const [text, setText] = useState(() => value.join('\n'));
  if (!isLong) {
    return (
      <ValuesInput label={label} placeholder={words.addKeys} value={value} onChange={onChange} />
    );
  }
  return (
    <Textarea
      label={label}
      description={words.keyLines}
      rows={LINES}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readKeys(event.currentTarget.value));
      }}
    />
  );
}
