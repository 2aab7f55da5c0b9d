// One filter of a list that is typed: a button that says what is asked for, and opens its field.
import { Button, Popover, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { filterWords as words } from '../strings/filters';
import shared from './filter.module.css';
import classes from './filterField.module.css';

export interface FilterFieldProps {
  /** What is filtered by: “Resource”. */
  what: string;
  hint: string;
  value: string;
  type?: 'text' | 'datetime-local';
  /** Told the text once it is whole; empty to filter no more. */
  onApply: (text: string) => void;
}

export function FilterField({ what, value, onApply, ...field }: FilterFieldProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = value.replace('T', ' ');
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" width={340} trapFocus returnFocus>
      <span className={shared.choice} data-set={value !== '' || undefined}>
        <Popover.Target>
          <button type="button" className={classes.field} onClick={() => setOpen(!isOpen)}>
            <span className={shared.chosen}>{value === '' ? what : words.chosen(what, shown)}</span>
            <IconChevronDown size={14} stroke={1.6} aria-hidden />
          </button>
        </Popover.Target>
      </span>
      <Popover.Dropdown>
        <Field
          {...field}
          what={what}
          value={value}
          onApply={(text) => {
            setOpen(false);
            onApply(text);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Field({ what, hint, value, type = 'text', onApply }: FilterFieldProps) {
  const [text, setText] = useState(value);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onApply(text.trim());
  };
  return (
    <form onSubmit={submit} className={classes.fieldForm}>
      <TextInput
        data-autofocus
        type={type}
        step={1}
        label={what}
        description={hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.fieldActions}>
        {value !== '' && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => onApply('')}>
            {words.clear}
          </Button>
        )}
        <Button size="xs" type="submit">
          {words.apply}
        </Button>
      </div>
    </form>
  );
}
