// The filter of a list: kept in the address at once, asked of the server a moment after the last key.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Keys } from '../ui/KeyPill';
import { useAddress } from '../ui/address';
import { useShortcuts } from '../ui/shortcuts';
import classes from './filter.module.css';

const WAIT = 120; // milliseconds after the last key

/** The text of the filter in the address (`?q=`), and the same once typing pauses. */
export function useFilterText(): { text: string; settled: string; setText: (text: string) => void } {
  const [search, change] = useAddress();
  const inAddress = search.get('q') ?? '';
  const [typed, setTyped] = useState<string>(); // since the address follows a moment later
  const text = typed ?? inAddress;
  const [settled] = useDebouncedValue(text, WAIT);
  const setText = (next: string) => {
    setTyped(next);
    change({ q: next }, true);
  };
  if (typed !== undefined && typed === inAddress) setTyped(undefined);
  return { text, settled, setText };
}

/** Keys of one letter work again; a browser would empty the field. */
function leaveByEscape(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}

export interface FilterBarProps {
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** Further filters. */
  children?: ReactNode;
  /** How much is shown, and in which order. */
  summary?: ReactNode;
  /** Whether that is not read out as it changes, since it never rests. */
  isRestless?: boolean;
}

export function FilterBar({ label, text, onChange, children, summary, isRestless = false }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', label, run: () => input.current?.focus() }]);
  return (
    <div className={classes.bar} role="search">
      <TextInput
        ref={input}
        className={classes.input}
        type="search"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        rightSection={text === '' ? <Keys keys="/" /> : null}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={leaveByEscape}
      />
      {children}
      <span className={classes.summary} role={isRestless ? undefined : 'status'} data-summary>
        {summary}
      </span>
    </div>
  );
}
