// A flag with what is told of it only where it is asked for: how many reads of a migration are compared.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, take } from './client';
import { flagKeys, flagQuery, WHOLE, type Flag } from './flags';

export const wholeFlagQuery = (project: string, flag: string) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), WHOLE],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flags/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: flag }, query: { expand: 'migrationSettings' } },
          signal,
        }),
      ),
  });

/** A flag as a preview of a change shows it, to be laid beside that: all of a migration, too. */
export function useWholeFlag(project: string, key: string, isAsked = true): Flag | undefined {
  const flag = useQuery({ ...flagQuery(project, key), enabled: isAsked }).data;
  const isMigration = flag?._purpose === 'migration';
  const whole = useQuery({ ...wholeFlagQuery(project, key), enabled: isAsked && isMigration }).data;
  return isMigration ? whole : flag;
}
