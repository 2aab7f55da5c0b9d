// A button that opens a list with search: projects, environments, and whatever else is picked by name.
import { Combobox, useCombobox, VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useImperativeHandle, useState, type ReactNode, type Ref } from 'react';
import { words } from '../strings/shared';
import type { Repeatable } from './UnreadButton';
import classes from './picker.module.css';

/** The key of choosing none of them. */
const ANY = '';
const AGAIN = '\n'; // no key has one

export interface Choice {
  key: string;
  name: string;
  mark?: ReactNode;
}

export interface PickerHandle {
  open: () => void;
}

export interface PickerProps {
  /** What the button is called: “Environment: Production”. */
  label: string;
  /** What stands in the button. */
  shown: ReactNode;
  choices: Choice[];
  chosen: string;
  onChoose: (key: string) => void;
  searchLabel: string;
  nothingFound: string;
  /** Where the server searches; without it the choices given are filtered here. */
  onSearch?: (text: string) => void;
  /** Where the server is asked for the choices: that it failed is told among them. */
  asked?: Repeatable | undefined;
  className?: string | undefined;
  handle?: Ref<PickerHandle>;
}

export function Picker(props: PickerProps) {
  const { label, shown, choices, chosen, onChoose, searchLabel, nothingFound, onSearch, asked, className, handle } = props;
  const isUnread = asked?.isError ?? false; // read before it is shown, or nothing would tell when it changes
  const [search, setSearch] = useState('');
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setSearch('');
      onSearch?.('');
      box.targetRef.current?.focus(); // at once: keys pressed meanwhile would go to the hidden field, and focus be lost
    },
    onDropdownOpen: () => setTimeout(() => box.focusSearchInput()),
  });
  useImperativeHandle(handle, () => ({ open: () => box.openDropdown() }));
  const wanted = search.trim().toLowerCase();
  const isWanted = (choice: Choice) => `${choice.name} ${choice.key}`.toLowerCase().includes(wanted);
  const found = choices.filter(onSearch ? ({ key }) => wanted === '' || key !== ANY : isWanted);
  const first = found[0]?.key;
  useEffect(() => {
    if (wanted !== '' && first !== undefined) box.selectFirstOption(); // for Enter
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the box is another one each time
  }, [wanted, first]);
  const type = (text: string) => {
    setSearch(text);
    onSearch?.(text);
    box.updateSelectedOptionIndex();
  };
  const choose = (key: string) => {
    if (key === AGAIN) {
      asked?.refetch();
      return;
    }
    box.closeDropdown();
    if (key !== chosen) onChoose(key);
  };
  return (
    <Combobox store={box} onOptionSubmit={choose} width={280} position="bottom-start" shadow="md">
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={`${classes.target} ${className ?? ''}`}
          onClick={() => box.toggleDropdown()}
        >
          <VisuallyHidden>{label}</VisuallyHidden>
          <span className={classes.shown} aria-hidden>
            {shown}
          </span>
          <IconChevronDown size={14} stroke={1.6} aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={({ key }) => key === 'Tab' && box.closeDropdown()} // and on from the button
          placeholder={searchLabel}
          aria-label={searchLabel}
        />
        <Combobox.Options aria-label={searchLabel} className={classes.options}>
          {found.map((choice) => (
            <Combobox.Option value={choice.key} key={choice.key} active={choice.key === chosen}>
              <span className={classes.option}>
                {choice.mark}
                <span className={classes.name} dir="auto">
                  {choice.name}
                </span>
                <span className={classes.key}>{choice.key}</span>
              </span>
            </Combobox.Option>
          ))}
          {isUnread ? (
            <Combobox.Option value={AGAIN}>{words.partUnread}</Combobox.Option>
          ) : (
            found.length === 0 && <Combobox.Empty>{nothingFound}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
