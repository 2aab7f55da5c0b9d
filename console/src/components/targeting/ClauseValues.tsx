// The values of a condition while it is edited: pills, with those that were seen to choose from, or segments by name.
import type { TagsInputProps } from '@mantine/core';
import { useState } from 'react';
import { targetingWords as words } from '../../strings/targeting';
import { ValuesInput } from '../../ui/ValuesInput';
import { useMissingSegments, useSegmentChoices } from './clauseChoices';
import classes from './targeting.module.css';

const MOST = 20; // choices at a time

interface ClauseValuesProps extends Pick<TagsInputProps, 'error' | 'description' | 'data' | 'filter' | 'renderOption' | 'searchValue' | 'onSearchChange'> {
  label: string;
  values: string[];
  onChange: (values: string[]) => void;
}

export function ClauseValues({ label, values, onChange, ...look }: ClauseValuesProps) {
  return (
    <ValuesInput
      aria-label={label}
      placeholder={values.length === 0 ? label : ''}
      className={classes.values ?? ''}
      classNames={{ pill: classes.valuePill, option: classes.mono }}
      style={{ '--or': JSON.stringify(words.or) }}
      limit={MOST}
      value={values}
      onChange={onChange}
      {...look}
    />
  );
}

type SegmentValuesProps = Pick<ClauseValuesProps, 'values' | 'onChange'>;

export function SegmentValues(props: SegmentValuesProps) {
  const [typed, setTyped] = useState('');
  const found = useSegmentChoices(typed);
  const missing = useMissingSegments(props.values);
  const names = new Map(found.map(({ key, name }) => [key, name]));
  return (
    <ClauseValues
      {...props}
      label={words.segments}
      error={missing.length > 0 && words.noSegments(missing)}
      data={found.map(({ key }) => key)}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      renderOption={({ option }) => (
        <span className={classes.named}>
          <span dir="auto">{names.get(option.value)}</span> <code>{option.value}</code>
        </span>
      )}
    />
  );
}
