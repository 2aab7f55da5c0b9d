// The lines of the list of flags, and what each flag served of late.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { filterOf, type FlagFilters } from '../format/flagFilters';
import { api, take, type Schemas } from './client';
import { flagKeys } from './flags';

export type FlagRow = Schemas['FlagRowRep'];
export type Traffic = Schemas['TrafficRep'];

const TRAFFIC_FRESH = 60_000; // milliseconds; its counters are by hour

/** One page of lines, as the flags are in an environment. */
export const flagRowsQuery = (project: string, environment: string, filters: FlagFilters, offset: number, limit: number) => {
  const filter = filterOf(filters);
  return queryOptions({
    queryKey: [...flagKeys.all(project), 'pages', 'rows', environment, filter, filters.sort, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flags', {
          params: {
            path: { projectKey: project, environmentKey: environment },
            query: { limit, offset, ...(filter !== '' && { filter }), ...(filters.sort && { sort: filters.sort }) },
          },
          signal,
        }),
      ),
  });
};

/** Evaluations of these flags in the last 24 hours; what is known of others stays while it is asked. */
export const flagTrafficQuery = (project: string, environment: string, keys: string[]) =>
  queryOptions({
    queryKey: ['project', project, 'traffic', environment, keys],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flag-traffic', {
          params: { path: { projectKey: project, environmentKey: environment }, query: { key: keys } },
          signal,
        }),
      ),
    enabled: keys.length > 0,
    staleTime: TRAFFIC_FRESH,
    placeholderData: keepPreviousData,
  });
