// One row of a table. It is drawn anew only when what it shows is another: a list in which one row changes costs one row.
import type { ColumnDef, Row } from '@tanstack/react-table';
import { memo, type ReactNode } from 'react';
import { useHolding } from './holding';
import { PickBox } from './PickBox';
import classes from './table.module.css';

export interface TableRowProps<T> {
  /** Undefined while its page is loading. */
  row: Row<T> | undefined;
  columns: ColumnDef<T>[];
  index: number;
  height: number;
  start: number;
  isGlowing: boolean;
  /** What the box is called by which it is picked, where rows can be. */
  pickLabel: string | undefined;
  isPicked: boolean;
  /** These two stay the same function from drawing to drawing. */
  onPick: (index: number, picks: boolean, isRange: boolean) => void;
  onHold: ((index: number) => void) | undefined;
}

function Line<T>({ row, columns, index, height, start, isGlowing, pickLabel, isPicked, onPick, onHold }: TableRowProps<T>) {
  const holding = useHolding();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={pickLabel === undefined ? undefined : isPicked}
      data-row={index}
      data-glow={isGlowing || undefined}
      className={classes.row}
      {...(onHold && holding(() => onHold(index)))}
      style={{ height, top: start }}
    >
      {pickLabel !== undefined && (
        <div role="cell" className={classes.pickCell}>
          <PickBox label={pickLabel} isPicked={isPicked} onPick={(picks, isRange) => onPick(index, picks, isRange)} />
        </div>
      )}
      {row === undefined ? (
        <Waiting columns={columns.length} />
      ) : (
        row.getVisibleCells().map((cell) => (
          <Cell role="cell" meta={cell.column.columnDef.meta} key={cell.id}>
            {drawn(cell.column.columnDef.cell, cell.getContext())}
          </Cell>
        ))
      )}
    </div>
  );
}

/** The table makes its rows anew whenever any of them changes: what counts is what each is made of. */
function isSame<T>({ row, ...before }: TableRowProps<T>, { row: next, ...after }: TableRowProps<T>): boolean {
  const names = Object.keys(before) as (keyof typeof before)[];
  return row?.original === next?.original && names.every((name) => Object.is(before[name], after[name]));
}

export const TableRow = memo(Line, isSame) as typeof Line;

/** Called, not made a component of: columns that are made anew change what stands in the cells, and keep the focus there. */
export const drawn = <C,>(template: ReactNode | ((context: C) => ReactNode), context: C): ReactNode =>
  typeof template === 'function' ? template(context) : template;

interface CellProps {
  role: 'cell' | 'columnheader';
  meta: { align?: 'end'; hideOn?: 'tablet' | 'phone' } | undefined;
  children: ReactNode;
}

export function Cell({ role, meta, children }: CellProps) {
  return (
    <div role={role} className={classes.cell} data-align={meta?.align} data-hide-on={meta?.hideOn}>
      {children}
    </div>
  );
}

function Waiting({ columns }: { columns: number }) {
  return (
    <div role="cell" aria-colspan={columns} className={classes.cell} style={{ gridColumn: '1 / -1' }}>
      <span className={classes.waiting} />
    </div>
  );
}
