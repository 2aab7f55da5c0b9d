// How many rows there are and in which order, above a list.
import { NativeSelect } from '@mantine/core';
import { filterWords as words } from '../strings/filters';
import classes from './filter.module.css';

export interface SortChoiceProps {
  /** How many there are: “214 flags”. */
  count: string;
  sort: string;
  /** The orders by what the API calls them. */
  sorts: Record<string, string>;
  onChange: (sort: string) => void;
}

export function SortChoice({ count, sort, sorts, onChange }: SortChoiceProps) {
  return (
    <span className={classes.sort}>
      {words.sorted(count)}
      <NativeSelect
        size="xs"
        aria-label={words.sortedBy}
        value={sort}
        data={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </span>
  );
}
