// The view of the list of flags, as its address has it and as the API is asked for it.

import { queryTerm } from './textFilter';

export const STATUSES = ['new', 'active', 'launched', 'inactive'] as const;
export const SORTS = ['-creationDate', 'name', '-targetingModifiedDate', 'key'] as const;
export const USUAL_SORT = SORTS[0];

export interface FlagFilters {
  q: string;
  status: string;
  tag: string;
  maintainer: string;
  archived: boolean;
  sort: string;
}

const known = (value: string | null, values: readonly string[]) => (value !== null && values.includes(value) ? value : '');

/** What an address asks for; what it does not know there is left out. */
export function readFilters(search: URLSearchParams): FlagFilters {
  return {
    q: search.get('q') ?? '',
    status: known(search.get('status'), STATUSES),
    tag: search.get('tag') ?? '',
    maintainer: search.get('maintainer') ?? '',
    archived: search.get('archived') === 'true',
    sort: known(search.get('sort'), SORTS) || USUAL_SORT,
  };
}

/** The address with one part of the view changed; what is usual is not written. */
export function withFilter(search: URLSearchParams, name: keyof FlagFilters, value: string): URLSearchParams {
  const after = new URLSearchParams(search);
  if (value === '' || (name === 'sort' && value === USUAL_SORT)) after.delete(name);
  else after.set(name, value);
  return after;
}

const plain = (text: string) => text.trim().replaceAll(',', ' ');

/** The `filter` of the API; empty for all flags that are not archived. */
export function filterOf({ q, status, tag, maintainer, archived }: FlagFilters): string {
  const pairs = [
    ['status', status],
    ['tags', plain(tag)],
    ['maintainerId', plain(maintainer)],
    ['archived', archived ? 'true' : ''],
  ];
  const terms = pairs.filter(([, value]) => value !== '').map(([name, value]) => `${name}:${value}`);
  return [queryTerm(q), ...terms].filter((term) => term !== '').join(',');
}

export const isFiltered = (filters: FlagFilters): boolean => filterOf(filters) !== '';
