// Environments of a project: pages of the list, making, changing and deleting them, and their keys.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { PatchStep } from '../format/patches';
import { textFilter } from '../format/textFilter';
import { dueIn } from '../format/time';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';
import { environmentsQuery, type Environment } from './places';
import { keepAnswer } from './queries';

export type NewEnvironment = Partial<Schemas['EnvironmentPost']> & Pick<Schemas['EnvironmentPost'], 'key' | 'name' | 'color'>;

export interface EnvironmentPlace {
  project: string;
  environment: string;
}

/** Those whose key or name has the text, in the order in which they were made. */
export const environmentPageQuery = (project: string, text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...environmentsQuery(project).queryKey, 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/projects/{projectKey}/environments', {
          params: {
            path: { projectKey: project },
            query: { limit, offset, sort: 'createdOn', ...textFilter(text) },
          },
          signal,
        }),
      ),
  });

export const environmentQuery = (project: string, environment: string) =>
  queryOptions({
    queryKey: [...environmentsQuery(project).queryKey, 'one', environment],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/projects/{projectKey}/environments/{environmentKey}', {
          params: { path: { projectKey: project, environmentKey: environment } },
          signal,
        }),
      ),
  });

const OLD_KEYS_EVERY = 30_000; // milliseconds, or when the next one ends

/** Keys that were replaced and still work. */
export const oldKeysQuery = (project: string, environment: string) =>
  queryOptions({
    queryKey: [...environmentsQuery(project).queryKey, 'old-keys', environment],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/old-keys', {
          params: { path: { projectKey: project, environmentKey: environment } },
          signal,
        }),
      ),
    refetchInterval: ({ state: { data } }) => {
      const next = data?.items[0]?.expiry;
      return next === undefined ? false : dueIn(next, Date.now(), OLD_KEYS_EVERY);
    },
  });

const ONE = '/api/v2/projects/{projectKey}/environments/{environmentKey}';
const path = ({ project, environment }: EnvironmentPlace) => ({ projectKey: project, environmentKey: environment });

export function useMakeEnvironment(project: string) {
  return useEnvironmentCall(({ body }: { project: string; body: NewEnvironment }) =>
    take(
      api.POST('/api/v2/projects/{projectKey}/environments', {
        params: { path: { projectKey: project } },
        body: body as Schemas['EnvironmentPost'],
      }),
    ),
  );
}

export function useChangeEnvironment() {
  return useEnvironmentCall(({ steps, ...place }: EnvironmentPlace & { steps: PatchStep[] }) =>
    take(api.PATCH(ONE, { params: { path: path(place) }, body: steps as never })),
  );
}

/** Gives a new SDK key; the old one works until `expiry`, in milliseconds, or ends at once. */
export function useResetSdkKey() {
  return useEnvironmentCall(({ expiry, ...place }: EnvironmentPlace & { expiry: number | undefined }) =>
    take(api.POST(`${ONE}/apiKey`, { params: { path: path(place), query: expiry === undefined ? {} : { expiry } } })),
  );
}

/** Gives a new mobile key; the old one ends at once. */
export function useResetMobileKey() {
  return useEnvironmentCall((place: EnvironmentPlace) => take(api.POST(`${ONE}/mobileKey`, { params: { path: path(place) } })));
}

export function useDeleteEnvironment() {
  return useEnvironmentCall((place: EnvironmentPlace) => take(api.DELETE(ONE, { params: { path: path(place) } })));
}

function useEnvironmentCall<Given extends { project: string }, Answer extends Environment | undefined>(
  run: (given: Given) => Promise<Answer>,
) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: run,
    onSuccess: async (environment, { project }) => {
      if (environment) await keepAnswer(environmentQuery(project, environment.key).queryKey, environment);
      await client.invalidateQueries({ queryKey: environmentsQuery(project).queryKey });
    },
  });
}
