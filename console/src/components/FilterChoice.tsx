// One filter of a list: a button that says what is chosen, and offers the choices.
import { Picker, type Choice } from '../ui/Picker';
import type { Repeatable } from '../ui/UnreadButton';
import { filterWords as words } from '../strings/filters';
import classes from './filter.module.css';

export interface FilterChoiceProps {
  /** What is filtered by: “Status”. */
  what: string;
  chosen: string;
  /** How the chosen one is called, where it may not be among the choices. */
  chosenName?: string;
  choices: Choice[];
  onChoose: (key: string) => void;
  /** Where the server searches. */
  onSearch?: (text: string) => void;
  /** The query that gives the choices, if one does. */
  asked?: Repeatable;
}

export function FilterChoice({ what, chosen, chosenName, choices, onChoose, ...source }: FilterChoiceProps) {
  const name = choices.find(({ key }) => key === chosen)?.name ?? chosenName ?? chosen;
  return (
    <span className={classes.choice} data-set={chosen !== '' || undefined}>
      <Picker
        {...source}
        label={words.chosen(what, chosen === '' ? words.any : name)}
        shown={<span className={classes.chosen}>{chosen === '' ? what : words.chosen(what, name)}</span>}
        choices={[{ key: '', name: words.any }, ...choices]}
        chosen={chosen}
        onChoose={onChoose}
        searchLabel={words.find(what)}
        nothingFound={words.nothingFound}
      />
    </span>
  );
}
