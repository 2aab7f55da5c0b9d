// Teams: pages of the list, one of them with what it has, and changing it by instructions.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, SEMANTIC, take, type Schemas } from './client';

export type Team = Schemas['TeamRep'];
export type NewTeam = Partial<Schemas['TeamPost']> & Pick<Schemas['TeamPost'], 'key' | 'name'>;
export type TeamInstruction = Schemas['TeamInstruction'];
export type TeamImport = Schemas['TeamImportRep'];

const SHOWN = 'members,roles,maintainers,projects';

const quoted = (text: string) => (text.trim() === '' ? {} : { filter: `query:${JSON.stringify(text.trim())}` });

export const teamPageQuery = (text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['teams', 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/teams', { params: { query: { limit, offset, expand: 'members,roles', ...quoted(text) } }, signal })),
    placeholderData: keepPreviousData,
  });

export const teamQuery = (teamKey: string) =>
  queryOptions({
    queryKey: ['teams', 'one', teamKey],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/teams/{teamKey}', { params: { path: { teamKey }, query: { expand: SHOWN } }, signal })),
  });

export function useMakeTeam() {
  return useTeamCall((team: NewTeam) => take(api.POST('/api/v2/teams', { body: team as Schemas['TeamPost'] })));
}

export function useChangeTeam(teamKey: string) {
  return useTeamCall((instructions: TeamInstruction[]) =>
    take(api.PATCH('/api/v2/teams/{teamKey}', { params: { path: { teamKey } }, headers: SEMANTIC, body: { instructions } })),
  );
}

export function useDeleteTeam() {
  return useTeamCall((teamKey: string) => take(api.DELETE('/api/v2/teams/{teamKey}', { params: { path: { teamKey } } })));
}

/** Adds the owners of the addresses in a file; with one faulty line nobody is added, and the report says which. */
export function useUploadMembers(teamKey: string) {
  return useTeamCall((file: File) => {
    const form = new FormData();
    form.set('file', file);
    return take(
      api.POST('/api/v2/teams/{teamKey}/members', {
        params: { path: { teamKey } },
        body: { file: file.name },
        bodySerializer: () => form,
      }),
    );
  });
}

function useTeamCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(['teams', 'members'].map((kind) => client.invalidateQueries({ queryKey: [kind] })));
  return useMutation({ mutationFn: run, onSuccess: refresh });
}
