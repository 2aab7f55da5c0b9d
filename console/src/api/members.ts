// Members: pages of the list, one of them, inviting, changing what they may, removing.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { memberFilter, type MemberView, type Replacement } from '../format/members';
import type { Difference } from '../format/lists';
import { useWrite } from '../ui/writing';
import { api, SEMANTIC, take, type Schemas } from './client';

export type Member = Schemas['MemberRep'];
export type Invitation = Partial<Schemas['MemberPost']> & { email: string };

export const memberPageQuery = (view: MemberView, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['members', 'pages', view, offset, limit],
    queryFn: ({ signal }) => {
      const filter = memberFilter(view);
      const query = { limit, offset, sort: view.sort, ...(filter && { filter }) };
      return take(api.GET('/api/v2/members', { params: { query }, signal }));
    },
  });

export const memberQuery = (id: string) =>
  queryOptions({
    queryKey: ['members', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/v2/members/{id}', { params: { path: { id } }, signal })),
  });

/** Where no mail can be sent, the answer has a link for each of them, and tells it only this once. */
export function useInvite() {
  return useMemberCall((people: Invitation[]) =>
    take(api.POST('/api/v2/members', { body: people as Schemas['MemberPost'][] })),
  );
}

export interface MemberChange {
  member: Member;
  patch: Replacement[];
  teams: Difference;
}

/** Gives a member other roles and teams; each call is one change in the audit log. */
export function useChangeMember() {
  return useMemberCall(async ({ member: { _id: id }, patch, teams }: MemberChange) => {
    if (patch.length > 0) {
      await take(api.PATCH('/api/v2/members/{id}', { params: { path: { id } }, body: patch }));
    }
    if (teams.added.length > 0) {
      await take(api.POST('/api/v2/members/{id}/teams', { params: { path: { id } }, body: { teamKeys: teams.added } }));
    }
    for (const teamKey of teams.removed) {
      await take(
        api.PATCH('/api/v2/teams/{teamKey}', {
          params: { path: { teamKey } },
          headers: SEMANTIC,
          body: { instructions: [{ kind: 'removeMembers', values: [id] }] },
        }),
      );
    }
  });
}

export function useRemoveMember() {
  return useMemberCall((id: string) => take(api.DELETE('/api/v2/members/{id}', { params: { path: { id } } })));
}

/** A link by which the member, invited or known, chooses a new password; told only this once. */
export function useMakeLink() {
  return useMemberCall((id: string) =>
    take(api.POST('/api/v2/flagstaff/members/{id}/reset-link', { params: { path: { id } } })),
  );
}

/** Invites somebody anew who has not come yet: mailed, or where no mail can be sent a link that is told this once. */
export function useInviteAnew() {
  return useMemberCall((id: string) =>
    take(api.POST('/api/v2/flagstaff/members/{id}/invitation', { params: { path: { id } } })),
  );
}

function useMemberCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  const refresh = () => {
    ['members', 'teams'].forEach((kind) => void client.invalidateQueries({ queryKey: [kind] }));
  };
  return useWrite({ mutationFn: run, onSettled: refresh });
}
