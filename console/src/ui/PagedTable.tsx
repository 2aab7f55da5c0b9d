// A table whose rows are read by pages: what could not be read is said in its place, or below those that could.
import { words } from '../strings/shared';
import { DataTable, type DataTableProps } from './DataTable';
import type { Paged } from './pages';
import { FailureState } from './States';
import classes from './table.module.css';
import { UnreadButton } from './UnreadButton';

export interface PagedTableProps<T> extends Omit<DataTableProps<T>, 'total' | 'row' | 'isLoading'> {
  pages: Paged<T>;
  /** What is in it, where it cannot be read: “the teams”. */
  what: string;
}

export function PagedTable<T>({ pages, what, onVisible = pages.onVisible, ...table }: PagedTableProps<T>) {
  const { total, row, isLoading, error, refetch } = pages;
  if (error !== undefined && total === 0) return <FailureState what={what} error={error} onRetry={refetch} />;
  return (
    <>
      <DataTable {...table} {...{ total, row, isLoading, onVisible }} />
      {error !== undefined && (
        <div role="status" className={classes.unread}>
          <UnreadButton asked={{ isError: true, refetch }} label={words.partUnread} />
        </div>
      )}
    </>
  );
}
