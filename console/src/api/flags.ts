// Flags: pages of the list, one flag, dry runs and changes.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, SEMANTIC, take, type Schemas } from './client';

export type Flag = Schemas['FlagRep'];
export type FlagPreview = Schemas['PreviewRep'];
export type Instruction = Schemas['FlagInstruction'];

export interface FlagChange {
  project: string;
  environment: string;
  flag: string;
  instructions: Instruction[];
}

/** Part of what a list of flags is asked for; all of it is in the URL of the list. */
export interface FlagFilters {
  q?: string;
}

export const flagKeys = {
  all: (project: string) => ['project', project, 'flags'] as const,
  one: (project: string, flag: string) => ['project', project, 'flags', 'one', flag] as const,
};

/** One page of slim rows: summaries in the given environments. */
export const flagPageQuery = (project: string, environments: string[], filters: FlagFilters, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...flagKeys.all(project), 'pages', environments, filters, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flags/{projectKey}', {
          params: {
            path: { projectKey: project },
            query: { env: environments, limit, offset, summary: true, ...textFilter(filters.q ?? '') },
          },
          signal,
        }),
      ),
  });

const textFilter = (text: string) => (text.trim() === '' ? {} : { filter: `query:${text.trim().replaceAll(',', ' ')}` });

export const flagQuery = (project: string, flag: string) =>
  queryOptions({
    queryKey: flagKeys.one(project, flag),
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/flags/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: flag } },
          signal,
        }),
      ),
  });

function patch(change: FlagChange, comment: string, dryRun: boolean) {
  const body = { environmentKey: change.environment, instructions: change.instructions, ...(comment && { comment }) };
  return take(
    api.PATCH('/api/v2/flags/{projectKey}/{featureFlagKey}', {
      params: { path: { projectKey: change.project, featureFlagKey: change.flag }, query: { dryRun } },
      headers: SEMANTIC,
      body,
    }),
  );
}

/** What a change would do, in the server's words; nothing of it is kept. */
export const flagPreviewQuery = (change: FlagChange) =>
  queryOptions({
    queryKey: [...flagKeys.one(change.project, change.flag), 'preview', change.environment, change.instructions],
    queryFn: async () => (await patch(change, '', true))._preview as FlagPreview,
    staleTime: 0,
    gcTime: 0,
  });

/** Saves a change, and shows its result wherever the flag is shown. */
export function useChangeFlag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ comment = '', ...change }: FlagChange & { comment?: string }) => patch(change, comment, false),
    onSuccess: (flag, { project }) => {
      client.setQueryData(flagKeys.one(project, flag.key), flag);
      void client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
    },
  });
}

/** Changes a flag by a JSON patch: the way back to what it was. */
export function useRestoreFlag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ project, flag, patch: operations }: { project: string; flag: string; patch: object[] }) =>
      take(
        api.PATCH('/api/v2/flags/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: flag } },
          headers: { 'Content-Type': 'application/json' },
          body: operations as never,
        }),
      ),
    onSuccess: (flag, { project }) => {
      client.setQueryData(flagKeys.one(project, flag.key), flag);
      void client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
    },
  });
}
