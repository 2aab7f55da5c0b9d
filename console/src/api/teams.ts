// Teams: pages of the list, one of them with what it has, and changing it by instructions.
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { textFilter } from '../format/textFilter';
import { useWrite } from '../ui/writing';
import { api, SEMANTIC, take, type Schemas } from './client';
import { keepAnswer } from './queries';

export type Team = Schemas['TeamRep'];
export type NewTeam = Partial<Schemas['TeamPost']> & Pick<Schemas['TeamPost'], 'key' | 'name'>;
export type TeamInstruction = Schemas['TeamInstruction'];
export type TeamImport = Schemas['TeamImportRep'];

const SHOWN = 'members';
const MOST = 100; // roles or maintainers of a team
/** The last version that shows the roles of each team in a list. */
const WITH_ROLES = { 'LD-API-Version': '20220603' };

export const teamPageQuery = (text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['teams', 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/teams', {
          params: { query: { limit, offset, expand: 'members,roles', ...textFilter(text) } },
          headers: WITH_ROLES,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

const PAGE = 100;

/** Every team with its roles, by as many calls as it takes. */
export const allTeamsQuery = () =>
  queryOptions({
    queryKey: ['teams', 'all'],
    queryFn: async ({ signal }) => {
      const teams: Team[] = [];
      for (let total = Infinity; teams.length < total; ) {
        const query = { limit: PAGE, offset: teams.length, expand: 'roles' };
        const page = await take(api.GET('/api/v2/teams', { params: { query }, headers: WITH_ROLES, signal }));
        teams.push(...page.items);
        total = page.items.length > 0 ? page.totalCount : 0;
      }
      return teams;
    },
    staleTime: 60_000,
  });

export const teamQuery = (teamKey: string) =>
  queryOptions({
    queryKey: ['teams', 'one', teamKey],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/teams/{teamKey}', { params: { path: { teamKey }, query: { expand: SHOWN } }, signal })),
  });

export const teamRolesQuery = (teamKey: string) =>
  queryOptions({
    queryKey: ['teams', 'one', teamKey, 'roles'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/teams/{teamKey}/roles', { params: { path: { teamKey }, query: { limit: MOST } }, signal })),
  });

export const maintainersQuery = (teamKey: string) =>
  queryOptions({
    queryKey: ['teams', 'one', teamKey, 'maintainers'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/teams/{teamKey}/maintainers', { params: { path: { teamKey }, query: { limit: MOST } }, signal })),
  });

export function useMakeTeam() {
  return useTeamCall((team: NewTeam) => take(api.POST('/api/v2/teams', { body: team as Schemas['TeamPost'] })));
}

export function useChangeTeam(teamKey: string) {
  const client = useQueryClient();
  return useTeamCall(async (instructions: TeamInstruction[]) => {
    const params = { path: { teamKey }, query: { expand: SHOWN } };
    const team = await take(api.PATCH('/api/v2/teams/{teamKey}', { params, headers: SEMANTIC, body: { instructions } }));
    await keepAnswer(teamQuery(teamKey).queryKey, team);
    await client.invalidateQueries({ queryKey: teamRolesQuery(teamKey).queryKey }); // which its form shows next
    return team;
  });
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
  const refresh = () => {
    ['teams', 'members'].forEach((kind) => void client.invalidateQueries({ queryKey: [kind] }));
  };
  return useWrite({ mutationFn: run, onSuccess: refresh });
}
