// What a flag served over time, and its status in every environment.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';
import { flagKeys } from './flags';

export type Evaluations = Schemas['FlagEvaluationsRep'];

const ASKED_EVERY = 60_000; // milliseconds

/** Counts of the last hours, or of as many that ended some hours `back`; those of another span stay in sight until these are there. */
export const evaluationsQuery = (project: string, environment: string, flag: string, hours: number, back = 0) =>
  queryOptions({
    queryKey: ['project', project, 'evaluations', environment, flag, back, hours],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flags/{featureFlagKey}/evaluations', {
          params: { path: { projectKey: project, environmentKey: environment, featureFlagKey: flag }, query: { hours, ...(back > 0 && { ago: back }) } },
          signal,
        }),
      ),
    staleTime: ASKED_EVERY / 2,
    refetchInterval: ASKED_EVERY,
    placeholderData: (before, query) => (query?.queryKey[3] === environment && query.queryKey[4] === flag && query.queryKey[5] === back ? keepPreviousData(before) : undefined),
  });

/** Whether it is new, active, launched or inactive, by environment. */
export const statusesQuery = (project: string, flag: string) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'statuses'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flag-status/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: flag } },
          signal,
        }),
      ),
    refetchInterval: ASKED_EVERY,
  });
