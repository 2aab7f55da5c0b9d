// Flags: pages of the list, one flag, dry runs and changes.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { Failure } from '../format/failure';
import { api, JSON_PATCH, SEMANTIC, take, type Schemas } from './client';

export type Flag = Schemas['FlagRep'];
export type FlagPreview = Schemas['PreviewRep'];
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

/** Carries a change out, or says what it would do where it is a dry run. */
export function patchFlag({ project, environment, flag, instructions, document }: FlagChange, comment: string, dryRun: boolean) {
  const said = comment === '' ? {} : { comment };
  const body = document
    ? { patch: document as never, ...said }
    : { ...(environment && { environmentKey: environment }), instructions, ...said };
  return take(
    api.PATCH('/api/v2/flags/{projectKey}/{featureFlagKey}', {
      params: { path: { projectKey: project, featureFlagKey: flag }, query: { dryRun } },
      headers: document ? JSON_PATCH : SEMANTIC,
      body: body as Schemas['FlagSemanticPatch'],
    }),
  );
}

/** What a change would do, in the server's words; nothing of it is kept. */
export const flagPreviewQuery = (change: FlagChange) =>
  queryOptions({
    queryKey: [...flagKeys.one(change.project, change.flag), 'preview', change.environment, change.document ?? change.instructions],
    queryFn: async () => (await patchFlag(change, '', true))._preview as FlagPreview,
    staleTime: 0,
    gcTime: 0,
  });

/** Saves a change, and shows its result wherever the flag is shown. */
export function useChangeFlag() {
  return useFlagPatch(({ comment = '', ...change }: FlagChange & { comment?: string }) => patchFlag(change, comment, false));
}

/** Which state of a flag is meant: the one that it had with that version, of an environment or of all of it. */
export interface FlagVersion {
  project: string;
  environment: string;
  flag: string;
  version: number;
}

/** What a flag was, with the JSON patch that makes it so again, or why none does. */
export const findFlagVersion = ({ project, environment, flag, version }: FlagVersion) =>
  take(
    api.GET('/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/at', {
      params: {
        path: { projectKey: project, featureFlagKey: flag },
        query: { ...(environment && { environmentKey: environment }), version },
      },
    }),
  );

/** Makes a flag in an environment what it was; refused where somebody changes it meanwhile. */
export function useRestoreFlag() {
  return useFlagPatch(async ({ comment, ...wanted }: FlagVersion & { comment: string }) => {
    const { restore, obstacle = '' } = await findFlagVersion(wanted);
    if (restore === undefined) throw new Failure(409, 'conflict', obstacle);
    return patchFlag({ ...wanted, instructions: [], document: restore }, comment, false);
  });
}

function useFlagPatch<Given extends { project: string }>(run: (given: Given) => Promise<Flag>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (flag, { project }) => {
      client.setQueryData(flagKeys.one(project, flag.key), flag);
      void client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
    },
  });
}
