// What the flags in sight served of late: only the cells that show it are drawn anew when it comes.
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import { flagTrafficQuery, type FlagRow, type Traffic as Answer } from '../../../api/flagRows';
import type { Paged } from '../../../ui/pages';
import type { Place } from '../../place';

const STILL = 150; // milliseconds without scrolling, after which traffic is asked for
const MOST_AT_ONCE = 100; // flags whose traffic is asked for in one call

/** What a flag served, in steps of that many milliseconds. */
export type FlagTraffic = Answer['items'][number] & Pick<Answer, 'begin' | 'step'>;

export const TrafficContext = createContext<ReadonlyMap<string, FlagTraffic>>(new Map());

/** Undefined as long as it is not known. */
export const useTrafficOf = (flag: string): FlagTraffic | undefined => use(TrafficContext).get(flag);

/** What the flags in sight served, asked for when the list stands still. */
export function useTraffic({ project, environment }: Place, pages: Paged<FlagRow>) {
  const [[first, last], setRange] = useState([0, -1]);
  const setWhenStill = useDebouncedCallback((from: number, to: number) => setRange([from, to]), STILL); // not drawn anew while it moves
  const wanted = Math.min(last - first + 1, MOST_AT_ONCE);
  const rows = Array.from({ length: wanted }, (_, at) => pages.row(first + at));
  const keys = rows.filter((row) => row !== undefined).map(({ key }) => key);
  // All that is told of it is read here: who is drawn later would not be drawn again for what it had not read yet.
  const { data, isError, refetch } = useQuery(flagTrafficQuery(project.key, environment.key, keys));
  const known = useMemo(() => new Map(data?.items.map((item) => [item.key, { ...item, begin: data.begin, step: data.step }])), [data]);
  const tellPages = pages.onVisible;
  const onVisible = useCallback(
    (from: number, to: number) => {
      setWhenStill(from, to);
      tellPages(from, to);
    },
    [setWhenStill, tellPages],
  );
  return { onVisible, known, traffic: { isError, refetch } };
}
