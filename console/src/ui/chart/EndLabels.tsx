// Beside the end of each line or area what it is, so that no legend is needed.
import type { ReactNode } from 'react';
import { spreadLabels } from '../../format/chart';
import type { Field } from './Plot';
import classes from './chart.module.css';

const LINE = 20; // pixels from one label to the next

export interface EndLabelsProps {
  field: Field;
  /** `y` is where the end lies, in pixels. */
  ends: readonly { key: string; y: number; title: string; label: ReactNode }[];
}

export function EndLabels({ field, ends }: EndLabelsProps) {
  const places = spreadLabels(
    ends.map(({ y }) => y),
    LINE,
    field.top,
    field.bottom,
  );
  return (
    <ul className={classes.ends} style={{ left: field.right + 8 }}>
      {ends.map(({ key, title, label }, place) => (
        <li key={key} style={{ top: (places[place] ?? 0) - LINE / 2 }} title={title}>
          {label}
        </li>
      ))}
    </ul>
  );
}
