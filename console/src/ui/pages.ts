// Rows of a long list, loaded by pages as they come into sight.
import { hashKey, useQueries, type QueryFunction, type QueryKey, type SkipToken, type UseQueryOptions } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

export const PAGE_SIZE = 100;

interface Page<T> {
  items: T[];
  totalCount?: number;
}

/** What queryOptions() gives for one page. */
export interface PageQuery<T> {
  queryKey: QueryKey;
  queryFn?: QueryFunction<Page<T>, never> | SkipToken;
}

export interface Paged<T> {
  total: number;
  /** The same once it is known; a list that is still read is not empty. */
  known: number | undefined;
  row: (index: number) => T | undefined;
  onVisible: (first: number, last: number) => void;
  isLoading: boolean;
  /** Why a page in sight could not be read; what is known of the others stays. */
  error: unknown;
  /** Asks anew for what could not be read. */
  refetch: () => void;
}

/** Answers of consecutive pages. */
interface Answered<T> {
  of: string;
  /** Which list it is, narrowed and sorted as it is. */
  list: string;
  from: number;
  pages: (Page<T> | undefined)[];
}

/**
 * `page(offset, limit)` are the options of the query for one page; pages next to those in sight are loaded ahead.
 * Where a filter changes, or one scrolls far, what was read stays until the next is; not that of another list, which `of` tells.
 */
export function usePages<T>(page: (offset: number, limit: number) => PageQuery<T>, of = ''): Paged<T> {
  const [[from, to], setRange] = useState<[number, number]>([0, 0]);
  const wanted = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  const answers = useQueries({
    queries: wanted.map((number) => page(number * PAGE_SIZE, PAGE_SIZE)) as UseQueryOptions<Page<T>>[], // whose key is only passed on
  });
  const failed = answers.find((answer) => answer.isError && answer.data === undefined);
  const list = hashKey(page(0, PAGE_SIZE).queryKey);
  const { pages, from: begin } = useLastRead({ of, list, from, pages: answers.map(({ data }) => data) }, failed !== undefined);
  const known = pages.find((one) => one !== undefined);
  const count = known?.totalCount ?? known?.items.length;
  const total = count ?? 0;
  const last = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const row = (index: number) => pages[Math.floor(index / PAGE_SIZE) - begin]?.items[index % PAGE_SIZE];
  const onVisible = useCallback(
    (first: number, end: number) => {
      const next: [number, number] = [
        Math.max(0, Math.floor((first - PAGE_SIZE / 2) / PAGE_SIZE)),
        Math.min(last, Math.floor((end + PAGE_SIZE / 2) / PAGE_SIZE)),
      ];
      setRange((range) => (range[0] === next[0] && range[1] === next[1] ? range : next));
    },
    [last],
  );
  return {
    total,
    known: count,
    row,
    onVisible,
    isLoading: answers.some((answer) => answer.isFetching),
    error: failed?.error,
    refetch: () => answers.filter(({ isError }) => isError).forEach((answer) => void answer.refetch()),
  };
}

/** The answers as they are, or the last of which any was read; not that of another filter where this one has failed. */
function useLastRead<T>(now: Answered<T>, isFailed: boolean): Answered<T> {
  const [kept, setKept] = useState(now);
  const isRead = now.pages.some((page) => page !== undefined);
  if (isRead && !isSame(now, kept)) setKept(now);
  const isOther = kept.of !== now.of || (isFailed && kept.list !== now.list);
  return isRead || isOther ? now : kept;
}

const isSame = <T>(one: Answered<T>, other: Answered<T>) =>
  one.of === other.of &&
  one.list === other.list &&
  one.from === other.from &&
  one.pages.length === other.pages.length &&
  one.pages.every((page, place) => page === other.pages[place]);
