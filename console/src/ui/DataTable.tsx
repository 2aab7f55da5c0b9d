// A table of any length: only the rows in sight are in the document, and only their pages are asked for.
import { VisuallyHidden } from '@mantine/core';
import { getCoreRowModel, useReactTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { count } from '../format/number';
import { words } from '../strings/shared';
import classes from './table.module.css';
import { usePrefs } from './prefs';
import { useRowKeys, type Picking, type RowKey } from './rowKeys';
import { LoadingState } from './States';
import { useSteady } from './steady';
import { Cell, TableRow, drawn } from './TableRow';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters are those of TanStack's own
  interface ColumnMeta<TData extends RowData, TValue> {
    /** How wide it is, as a track of a grid: `minmax(200px, 2fr)`. */
    track: string;
    align?: 'end';
    /** Left out below this width: `tablet` below 1280, `phone` below 768. */
    hideOn?: 'tablet' | 'phone';
    /** Its header is for those who cannot see what stands below it. */
    isPlain?: boolean;
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
  /** If rows can be picked. */
  picking?: Picking<T> | undefined;
  /** Further keys that work on the row that has the focus. */
  rowKeys?: RowKey<T>[];
  /** Stands over the head while rows are picked. */
  pickBar?: ReactNode;
  /** What stands at the end of a column's header, such as a handle for its width. */
  headerEnd?: (column: string) => ReactNode;
  rowHeight?: { comfortable: number; compact: number };
  empty?: ReactNode;
  /** Keys of rows that somebody else has changed a moment ago. */
  glowing?: ReadonlySet<string>;
}

const USUAL_HEIGHT = { comfortable: 48, compact: 38 };
const FIRST_BARS = 6;
const AHEAD = 5; // rows kept above and below those in sight

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, total, row, onVisible, rowKey, isLoading = false, picking, empty } = props;
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
  const [pickedLast, setPickedLast] = useState<number>(); // where a range by mouse begins
  const isPicked = (found: T | undefined) => found !== undefined && (picking?.picked.has(rowKey(found)) ?? false);
  const pick = useSteady((index: number, picks: boolean, isRange: boolean) => {
    const begin = isRange ? (pickedLast ?? index) : index;
    setPickedLast(index);
    picking?.onPick(Math.min(begin, index), Math.max(begin, index), picks);
  });
  const hold = useSteady((index: number) => picking?.onHold?.(index));
  useRowKeys({
    scroller,
    total,
    isPicked: (index) => isPicked(row(index)),
    onPick: picking?.onPick,
    scrollTo: (index) => virtual.scrollToIndex(index),
    row,
    more: props.rowKeys ?? [],
  });

  return (
    <div
      className={classes.scroller}
      ref={scroller}
      data-loading={isLoading || undefined}
      data-picking={picking && (picking.isShown || picking.picked.size > 0) ? true : undefined}
    >
      {props.pickBar && <div className={classes.pickBar}>{props.pickBar}</div>}
      <div role="table" aria-label={label} aria-rowcount={total + 1} aria-busy={isLoading} className={classes.table} style={tracks}>
        <div role="rowgroup" className={classes.head} data-plain={columns.every(({ meta }) => meta?.isPlain) || undefined}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" aria-rowindex={1} key={group.id} className={classes.row}>
              {picking && (
                <div role="columnheader" className={classes.pick}>
                  <VisuallyHidden>{words.picked}</VisuallyHidden>
                </div>
              )}
              {group.headers.map((header) => (
                <Cell role="columnheader" meta={header.column.columnDef.meta} key={header.id}>
                  <Header isPlain={header.column.columnDef.meta?.isPlain}>
                    {drawn(header.column.columnDef.header, header.getContext())}
                  </Header>
                  {props.headerEnd?.(header.column.id)}
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
              <TableRow
                key={item.key}
                row={key === undefined ? undefined : table.getRow(key)}
                columns={columns}
                index={item.index}
                height={height}
                start={item.start}
                isGlowing={key !== undefined && (props.glowing?.has(key) ?? false)}
                pickLabel={found === undefined ? undefined : picking?.label(found)}
                isPicked={isPicked(found)}
                onPick={pick}
                onHold={picking?.onHold && hold}
              />
            );
          })}
        </div>
      </div>
      {total === 0 && (isLoading ? <FirstLoad height={height} /> : empty)}
    </div>
  );
}

/** Where no row was ever read. */
const FirstLoad = ({ height }: { height: number }) => (
  <div className={classes.first}>
    <LoadingState rows={FIRST_BARS} height={height} />
  </div>
);

/** The tracks of the grid at each width, without those of columns that are left out there. */
function tracksOf<T>(columns: ColumnDef<T>[]): CSSProperties {
  const join = (...left: (string | undefined)[]) =>
    columns.filter(({ meta }) => !meta?.hideOn || !left.includes(meta.hideOn)).map(({ meta }) => meta?.track ?? '1fr').join(' ');
  return { '--tracks': join(), '--tracks-tablet': join('tablet'), '--tracks-phone': join('tablet', 'phone') } as CSSProperties;
}

const Header = ({ isPlain, children }: { isPlain: boolean | undefined; children: ReactNode }) =>
  isPlain ? <VisuallyHidden>{children}</VisuallyHidden> : <span className={classes.heading}>{children}</span>;

/** How many rows a list has, for the line above it. */
export const countRows = (total: number, what: string) => `${count(total)} ${what}${total === 1 ? '' : 's'}`;
