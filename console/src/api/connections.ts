// Which SDKs are connected to an environment, and what they hold.
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';

export type Connections = Schemas['ConnectionsRep'];
export type ConnectedSdk = Schemas['ConnectedSdkRep'];

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
