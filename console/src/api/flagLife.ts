// Making a flag, deleting it, and who needs it.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useWrite } from '../ui/writing';
import { api, BETA, take, type Schemas } from './client';
import { flagKeys } from './flags';
import { keepAnswer } from './queries';

export type NewFlagBody = Schemas['FlagBody'];

/** What new flags of a project begin with. */
export const flagDefaultsQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project, 'flag-defaults'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/projects/{projectKey}/flag-defaults', { params: { path: { projectKey: project } }, signal })),
  });

/** Flags that have this one as a prerequisite, with the environments in which they do. */
export const dependentsQuery = (project: string, flag: string) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'dependents'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flags/{projectKey}/{featureFlagKey}/dependent-flags', {
          params: { path: { projectKey: project, featureFlagKey: flag }, header: BETA },
          signal,
        }),
      ),
  });

export function useMakeFlag(project: string) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: (body: NewFlagBody) =>
      take(
        api.POST('/api/v2/flags/{projectKey}', {
          params: { path: { projectKey: project } },
          body,
        }),
      ),
    onSuccess: async (flag) => {
      await keepAnswer(flagKeys.one(project, flag.key), flag);
      void client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
    },
  });
}

export function useDeleteFlag(project: string) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: (flag: string) =>
      take(
        api.DELETE('/api/v2/flags/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: flag } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] }),
  });
}
