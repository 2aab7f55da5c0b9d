// What a point of a chart says, in a box beside the crosshair.
import type { ReactNode } from 'react';
import type { Field } from './Plot';
import classes from './chart.module.css';

const APART = 12; // pixels from the crosshair

/** What a point says. */
export interface Told {
  /** Which point it is. */
  title: string;
  /** From the top; of a point of which nothing is known there are none. */
  rows: { key: string; label: string; mark?: ReactNode; value: string; share?: string }[];
  /** What is said in place of rows. */
  silence?: string;
}

export interface ReadingProps {
  field: Field;
  x: number;
  told: Told;
}

export function Reading({ field, x, told: { title, rows, silence } }: ReadingProps) {
  const isLeft = x < field.width / 2;
  const place = isLeft ? { left: x + APART } : { right: field.width - x + APART };
  return (
    <div className={classes.reading} style={{ ...place, top: field.top }} aria-hidden>
      <strong>{title}</strong>
      {silence !== undefined ? (
        <span>{silence}</span>
      ) : (
        <dl>
          {rows.map(({ key, label, mark, value, share }) => (
            <div key={key}>
              <dt>
                {mark}
                <span dir="auto">{label}</span>
              </dt>
              <dd>{value}</dd>
              <dd>{share}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** The same for those who hear it. */
export const spoken = ({ title, rows, silence }: Told) =>
  [title, ...(silence === undefined ? rows.map(({ label, value }) => `${label} ${value}`) : [silence])].join(', ');
