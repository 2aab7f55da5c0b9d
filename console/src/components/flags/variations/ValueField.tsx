// The value of a variation while it is edited, as its kind asks.
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ValueKind } from '../../../format/variations';
import { variationWords as words } from '../../../strings/variations';
import { JsonEditor } from '../../../ui/JsonEditor';
import { afterPress } from '../../../ui/pressed';
import classes from './variations.module.css';

export interface ValueFieldProps {
  kind: ValueKind;
  /** Its place in the list, from 1. */
  place: number;
  text: string;
  isFixed: boolean;
  /** Said from the moment on in which the field is left. */
  problem: string | undefined;
  onChange: (text: string) => void;
}

export function ValueField({ kind, place, text, isFixed, problem, onChange }: ValueFieldProps) {
  const [wasLeft, setLeft] = useState(false);
  const leave = () => afterPress(() => setLeft(true));
  const error = wasLeft ? problem : undefined;
  if (kind === 'json') {
    return (
      <JsonEditor
        label={words.valueOf(place)}
        value={text}
        problem={text === '' ? error : problem}
        isReadOnly={isFixed}
        onChange={onChange}
        onBlur={leave}
      />
    );
  }
  const input = {
    label: words.value,
    'aria-label': words.valueOf(place),
    value: text,
    error,
    disabled: isFixed,
    onBlur: leave,
    classNames: { input: classes.mono ?? '' },
  };
  if (kind === 'string') {
    return <Textarea {...input} autosize minRows={1} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const inputMode = kind === 'number' ? 'decimal' : undefined;
  return <TextInput {...input} inputMode={inputMode} onChange={(event) => onChange(event.currentTarget.value)} />;
}
