// Which SDKs are connected to an environment, and what they hold.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';

export type Connections = Schemas['ConnectionsRep'];
export type ConnectedSdk = Schemas['ConnectedSdkRep'];

export type ConnectionHistory = Schemas['ConnectionHistoryRep'];

const COUNTED_EVERY = 30_000; // milliseconds; as often as the server counts
const ASKED_EVERY = 5000; // milliseconds; processes tell of their streams every second

export const connectionsQuery = (project: string, environment: string) =>
  queryOptions({
    queryKey: ['project', project, 'environment', environment, 'connections'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/environments/{projectKey}/{environmentKey}/connections', {
          params: { path: { projectKey: project, environmentKey: environment } },
          signal,
        }),
      ),
    refetchInterval: ASKED_EVERY,
  });

/** How many connections there were in the last hours; the last step is still running. */
export const connectionHistoryQuery = (project: string, environment: string, hours: number) =>
  queryOptions({
    queryKey: ['project', project, 'environment', environment, 'connections', 'history', hours],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flagstaff/environments/{projectKey}/{environmentKey}/connections/history', {
          params: { path: { projectKey: project, environmentKey: environment }, query: { hours } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: COUNTED_EVERY,
  });
