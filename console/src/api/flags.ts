// Flags: pages of the list, one flag, dry runs and changes.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { textFilter } from '../format/textFilter';
import { useWrite } from '../ui/writing';
import { api, JSON_PATCH, SEMANTIC, take, type Schemas } from './client';
import { keepAnswer } from './queries';

export type Flag = Schemas['FlagRep'];
export type FlagPreview = Schemas['FlagChangeRep'];
export type Instruction = Schemas['FlagInstruction'];

export interface FlagChange {
  project: string;
  /** Empty where the whole flag is changed. */
  environment: string;
  flag: string;
  instructions: Instruction[];
  /** A JSON patch in place of the instructions, for what none of them says. */
  document?: unknown[] | undefined;
}

/** Part of what a list of flags is asked for; all of it is in the URL of the list. */
export interface FlagFilters {
  q?: string;
}

export const flagKeys = {
  all: (project: string) => ['project', project, 'flags'] as const,
  one: (project: string, flag: string) => ['project', project, 'flags', 'one', flag] as const,
};

/** Part of the key of a flag with what is told only where it is asked for. */
export const WHOLE = 'whole';

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

/** A change as a patch of the flag has it. */
function patchOf({ project, environment, flag, instructions, document }: FlagChange, comment: string) {
  const said = comment === '' ? {} : { comment };
  const body = document
    ? { patch: document as never, ...said }
    : { ...(environment && { environmentKey: environment }), instructions, ...said };
  return {
    params: { path: { projectKey: project, featureFlagKey: flag } },
    headers: document ? JSON_PATCH : SEMANTIC,
    body: body as Schemas['FlagSemanticPatch'],
  };
}

/** Carries a change out. */
export const patchFlag = (change: FlagChange, comment: string) =>
  take(api.PATCH('/api/v2/flags/{projectKey}/{featureFlagKey}', patchOf(change, comment)));

/** What a change would do, in the server's words, and what of it the caller may not do; nothing of it is kept. */
export const previewFlag = (change: FlagChange) =>
  take(api.POST('/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/preview', patchOf(change, '')));

export const flagPreviewQuery = (change: FlagChange) =>
  queryOptions({
    queryKey: [...flagKeys.one(change.project, change.flag), 'preview', change.environment, change.document ?? change.instructions],
    queryFn: () => previewFlag(change),
    staleTime: 0,
    gcTime: 0,
  });

/** Saves a change, and shows its result wherever the flag is shown. */
export function useChangeFlag() {
  return useFlagPatch(({ comment = '', ...change }: FlagChange & { comment?: string }) => patchFlag(change, comment));
}

/** The same for who shows it as it will be meanwhile: it is done once lists do not show it as it was any more. */
export const useChangeFlagInLists = () => useFlagPatch((change: FlagChange) => patchFlag(change, ''), true);

/** Carries a change out in a way of its own, and shows its result alike. */
export function useFlagPatch<Given extends { project: string }>(run: (given: Given) => Promise<Flag>, waitsForLists = false) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: run,
    onSuccess: async (flag, { project }) => {
      await keepAnswer(flagKeys.one(project, flag.key), flag);
      void client.invalidateQueries({ queryKey: [...flagKeys.one(project, flag.key), WHOLE] });
      const lists = client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
      if (waitsForLists) await lists;
    },
  });
}
