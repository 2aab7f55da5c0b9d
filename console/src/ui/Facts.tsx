// What is known of a thing, as pairs of a word and its value; and short lists of things beside it.
import type { ReactNode } from 'react';
import classes from './panel.module.css';

export type Fact = readonly [label: string, value: ReactNode];

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface Line {
  key: string;
  /** Before it: a mark, a person. */
  mark?: ReactNode;
  main: ReactNode;
  side?: ReactNode;
  action?: ReactNode;
}

/** A short list inside a page or a panel; long ones are tables. */
export function Lines({ label, lines }: { label: string; lines: Line[] }) {
  return (
    <ul className={classes.lines} aria-label={label}>
      {lines.map((line) => (
        <li className={classes.line} key={line.key}>
          {line.mark}
          <span className={classes.lineMain} dir="auto">
            {line.main}
          </span>
          {line.side !== undefined && <span className={classes.lineSide}>{line.side}</span>}
          {line.action}
        </li>
      ))}
    </ul>
  );
}
