// How many reads of a migration are compared in an environment; a flag says it only where it is asked.
import { queryOptions } from '@tanstack/react-query';
import { api, take } from './client';
import { flagKeys } from './flags';

export const checkRatioQuery = (project: string, environment: string, flag: string) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'checkRatio', environment],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v2/flags/{projectKey}/{featureFlagKey}', {
        params: {
          path: { projectKey: project, featureFlagKey: flag },
          query: { env: [environment], expand: 'migrationSettings' },
        },
        signal,
      });
      return (await take(call)).environments?.[environment]?.migrationSettings?.checkRatio ?? null;
    },
  });
