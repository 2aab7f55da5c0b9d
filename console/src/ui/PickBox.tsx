// The box by which a row is picked; with Shift all from the row that was picked before.
import type { MouseEvent } from 'react';
import classes from './table.module.css';

export interface PickBoxProps {
  label: string;
  isPicked: boolean;
  onPick: (isPicked: boolean, isRange: boolean) => void;
}

export function PickBox({ label, isPicked, onPick }: PickBoxProps) {
  const pick = (event: MouseEvent) => onPick(!isPicked, event.shiftKey);
  return (
    <label className={classes.pick}>
      <input type="checkbox" aria-label={label} checked={isPicked} onClick={pick} onChange={ignore} />
    </label>
  );
}

/** The click tells it, with the Shift that a change does not know of. */
const ignore = () => undefined;
