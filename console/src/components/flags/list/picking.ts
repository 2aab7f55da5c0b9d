// Picking flags of the list, also those that are not loaded yet.
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { flagRowsQuery, type FlagRow } from '../../../api/flagRows';
import type { FlagFilters } from '../../../format/flagFilters';
import { flagListWords as words } from '../../../strings/flagList';
import { words as shared } from '../../../strings/shared';
import { usePicks } from '../../../ui/picks';
import type { Picking } from '../../../ui/rowKeys';
import { tellFailed } from '../../../ui/toast';
import type { Place } from '../../place';
import type { Paged } from '../../../ui/pages';

const SIZE = 500; // of the API

export function useFlagPicking({ project, environment }: Place, filters: FlagFilters, { total, row }: Pick<Paged<FlagRow>, 'total' | 'row'>) {
  const client = useQueryClient();
  const picks = usePicks<FlagRow>(project.key);
  const change = async (from: number, to: number, isPicked: boolean) => {
    const loaded = Array.from({ length: to - from + 1 }, (_, place) => row(from + place)).filter((one) => one !== undefined);
    if (loaded.length > to - from) {
      picks.change(loaded, isPicked);
      return;
    }
    try {
      for (let page = Math.floor(from / SIZE); page * SIZE <= to; page++) {
        const options = flagRowsQuery(project.key, environment.key, filters, page * SIZE, SIZE);
        const { items } = await client.query(options);
        picks.change(items.slice(Math.max(0, from - page * SIZE), to + 1 - page * SIZE), isPicked);
      }
    } catch (error) {
      tellFailed(shared.couldNotLoad(words.flagsToPick), error);
    }
  };
  const picking: Picking<FlagRow> = {
    picked: useMemo(() => picks.rows, [picks.rows]),
    onPick: (from, to, isPicked) => void change(from, to, isPicked),
    label: (flag) => words.pick(flag.name),
    onHold: (index) => void change(index, index, true),
  };
  return { picks, picking, pickAll: () => change(0, total - 1, true) };
}
