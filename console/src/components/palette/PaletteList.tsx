// The lines of the palette, in their groups.
import { splitAt } from '../../format/highlight';
import { Keys } from '../../ui/KeyPill';
import type { Choice, ChoiceGroup } from './finding';
import classes from './palette.module.css';

export interface PaletteListProps {
  id: string;
  label: string;
  groups: ChoiceGroup[];
  /** The key of the line that Enter opens. */
  chosen: string | undefined;
  query: string;
  onHover: (key: string) => void;
  onRun: (choice: Choice) => void;
}

export const optionId = (list: string, { key }: Choice): string => `${list}-${key}`;

export function PaletteList({ id, label, groups, chosen, query, onHover, onRun }: PaletteListProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className={classes.list}>
      {groups.map((group) => (
        <div key={group.label} role="group" aria-label={group.label}>
          <div className={classes.group} dir="auto" aria-hidden>
            {group.label}
          </div>
          {group.choices.map((choice) => (
            <button
              type="button"
              tabIndex={-1}
              key={choice.key}
              id={optionId(id, choice)}
              role="option"
              aria-selected={choice.key === chosen}
              aria-disabled={choice.refusal !== undefined}
              title={choice.refusal}
              className={classes.option}
              onPointerMove={() => choice.key !== chosen && onHover(choice.key)}
              onClick={() => onRun(choice)}
            >
              <choice.icon size={16} stroke={1.6} aria-hidden />
              <Line choice={choice} query={query} />
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function Line({ choice, query }: { choice: Choice; query: string }) {
  return (
    <>
      <span className={classes.label} dir="auto">
        {splitAt(choice.label, query).map(({ text, isFound }, at) => (isFound ? <mark key={at}>{text}</mark> : text))}
      </span>
      {choice.hint !== undefined && <span className={choice.thing ? classes.key : classes.hint}>{choice.hint}</span>}
      <span className={classes.space} />
      {choice.keys !== undefined && <Keys keys={choice.keys} />}
    </>
  );
}
