// Projects: pages of the list, making, changing and deleting them, what new flags start from, and their context kinds.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { PatchStep } from '../format/patches';
import { textFilter } from '../format/textFilter';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';
import { projectQuery } from './places';

export type FlagDefaults = Schemas['FlagDefaultsFields'];
export type ContextKind = Schemas['ContextKindRep'];

const ONE = '/api/v2/projects/{projectKey}';
const path = (project: string) => ({ params: { path: { projectKey: project } } });

export const projectPageQuery = (text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['projects', 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/projects', {
          params: { query: { limit, offset, sort: 'name', ...textFilter(text) } },
          signal,
        }),
      ),
  });

export const flagDefaultsQuery = (project: string) =>
  queryOptions({
    queryKey: [...projectQuery(project).queryKey, 'flag defaults'],
    queryFn: ({ signal }) => take(api.GET(`${ONE}/flag-defaults`, { ...path(project), signal })),
  });

export const contextKindsQuery = (project: string) =>
  queryOptions({
    queryKey: [...projectQuery(project).queryKey, 'context kinds'],
    queryFn: ({ signal }) => take(api.GET(`${ONE}/context-kinds`, { ...path(project), signal })),
    staleTime: 60_000,
  });

export const useMakeProject = () =>
  useProjectCall(({ project, name, tags }: { project: string; name: string; tags: string[] }) =>
    take(api.POST('/api/v2/projects', { body: { key: project, name, tags } })),
  );

export const useChangeProject = () =>
  useProjectCall(({ project, steps }: { project: string; steps: PatchStep[] }) =>
    take(api.PATCH(ONE, { ...path(project), body: steps as never })),
  );

export const useSetFlagDefaults = () =>
  useProjectCall(({ project, defaults }: { project: string; defaults: FlagDefaults }) =>
    take(api.PUT(`${ONE}/flag-defaults`, { ...path(project), body: defaults })),
  );

/** Makes a kind of context, or says something else about it. */
export const useSetContextKind = () =>
  useProjectCall(({ project, kind, said }: { project: string; kind: string; said: Partial<Schemas['ContextKindPut']> & { name: string } }) =>
    take(
      api.PUT(`${ONE}/context-kinds/{key}`, { params: { path: { projectKey: project, key: kind } }, body: said }),
    ),
  );

export const useDeleteProject = () =>
  useProjectCall(({ project }: { project: string }) => take(api.DELETE(ONE, path(project))));

function useProjectCall<Given extends { project: string }, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: run,
    onSuccess: (_, { project }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: projectQuery(project).queryKey }),
        client.invalidateQueries({ queryKey: ['projects'] }),
      ]),
  });
}
