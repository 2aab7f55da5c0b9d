// A table of any length: only the rows in sight are in the document, and only their pages are asked for.
import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { count } from '../format/number';
import classes from './table.module.css';
import { usePrefs } from './prefs';
import { useShortcuts } from './shortcuts';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters are those of TanStack's own
  interface ColumnMeta<TData extends RowData, TValue> {
    /** How wide it is, as a track of a grid: `minmax(200px, 2fr)`. */
    track: string;
    align?: 'end';
    /** Left out below this width: `tablet` below 1280, `phone` below 768. */
    hideOn?: 'tablet' | 'phone';
  }
}

export interface DataTableProps<T> {
  /** What the table is of: “Flags”. */
  label: string;
  columns: ColumnDef<T>[];
  /** How many rows there are, loaded or not. */
  total: number;
  /** The row at a place; undefined while its page is loading. */
  row: (index: number) => T | undefined;
  /** Told which rows are in sight, so that their pages are loaded. */
  onVisible?: (first: number, last: number) => void;
  rowKey: (row: T) => string;
  isLoading?: boolean;
  /** Keys of picked rows, if rows can be picked. */
  picked?: ReadonlySet<string>;
  onPick?: (row: T, index: number) => void;
  rowHeight?: { comfortable: number; compact: number };
  empty?: ReactNode;
  /** Keys of rows that somebody else has changed a moment ago. */
  glowing?: ReadonlySet<string>;
}

const USUAL_HEIGHT = { comfortable: 48, compact: 38 };
const AHEAD = 8; // rows kept above and below those in sight
const KEYS = { next: 'Next row', before: 'Previous row', pick: 'Pick row' };

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, total, row, onVisible, rowKey, isLoading = false, picked, onPick, empty } = props;
  const { density } = usePrefs();
  const height = (props.rowHeight ?? USUAL_HEIGHT)[density];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: AHEAD,
  });
  useEffect(() => virtual.measure(), [height, virtual]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onVisible?.(first, last), [first, last, onVisible]);

  const data = useMemo(() => items.map((item) => row(item.index)), [items, row]);
  const loaded = useMemo(() => data.filter((found) => found !== undefined), [data]);
  const table = useReactTable({ data: loaded, columns, getCoreRowModel: getCoreRowModel(), getRowId: rowKey });
  const tracks = tracksOf(columns);
  useRowKeys({ scroller, total, row, onPick, scrollTo: (index) => virtual.scrollToIndex(index) });

  return (
    <div className={classes.scroller} ref={scroller} data-loading={isLoading || undefined}>
      <div role="table" aria-label={label} aria-rowcount={total + 1} aria-busy={isLoading} className={classes.table} style={tracks}>
        <div role="rowgroup" className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" aria-rowindex={1} key={group.id} className={classes.row}>
              {group.headers.map((header) => (
                <Cell role="columnheader" meta={header.column.columnDef.meta} key={header.id}>
                  {flexRender(header.column.columnDef.header, header.getContext())}
                </Cell>
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item, place) => {
            const found = data[place];
            const key = found === undefined ? undefined : rowKey(found);
            return (
              <div
                role="row"
                key={item.key}
                aria-rowindex={item.index + 2}
                aria-selected={picked && key !== undefined ? picked.has(key) : undefined}
                data-row={item.index}
                data-glow={key !== undefined && props.glowing?.has(key) ? true : undefined}
                className={classes.row}
                style={{ height, transform: `translateY(${item.start}px)` }}
              >
                {key === undefined ? (
                  <Waiting columns={columns.length} />
                ) : (
                  table.getRow(key).getVisibleCells().map((cell) => (
                    <Cell role="cell" meta={cell.column.columnDef.meta} key={cell.id}>
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </Cell>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
      {total === 0 && !isLoading && empty}
    </div>
  );
}

/** The tracks of the grid at each width, without those of columns that are left out there. */
function tracksOf<T>(columns: ColumnDef<T>[]): CSSProperties {
  const join = (...left: (string | undefined)[]) =>
    columns.filter(({ meta }) => !meta?.hideOn || !left.includes(meta.hideOn)).map(({ meta }) => meta?.track ?? '1fr').join(' ');
  return { '--tracks': join(), '--tracks-tablet': join('tablet'), '--tracks-phone': join('tablet', 'phone') } as CSSProperties;
}

interface CellProps {
  role: 'cell' | 'columnheader';
  meta: { align?: 'end'; hideOn?: 'tablet' | 'phone' } | undefined;
  children: ReactNode;
}

function Cell({ role, meta, children }: CellProps) {
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

interface RowKeys<T> {
  scroller: React.RefObject<HTMLDivElement | null>;
  total: number;
  row: (index: number) => T | undefined;
  onPick: ((row: T, index: number) => void) | undefined;
  scrollTo: (index: number) => void;
}

/** J and K go from row to row by the first link or control of each; Enter then works it. */
function useRowKeys<T>({ scroller, total, row, onPick, scrollTo }: RowKeys<T>) {
  const [current, setCurrent] = useState(-1);
  const go = (by: number) => {
    const next = Math.min(Math.max(current + by, 0), total - 1);
    if (next < 0) return;
    setCurrent(next);
    scrollTo(next);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"] :is(a, button)`)?.focus();
    });
  };
  const pick = () => {
    const found = row(current);
    if (found !== undefined) onPick?.(found, current);
  };
  useShortcuts([
    { keys: 'j', label: KEYS.next, run: () => go(1) },
    { keys: 'k', label: KEYS.before, run: () => go(-1) },
    ...(onPick ? [{ keys: 'x', label: KEYS.pick, run: pick }] : []),
  ]);
}

/** How many rows a list has, for the line above it. */
export const countRows = (total: number, what: string) => `${count(total)} ${what}${total === 1 ? '' : 's'}`;
