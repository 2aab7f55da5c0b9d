// Programs that act for members: what one asks for, the answer, registered programs, and those let in.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';

export type Asked = Record<string, string>;
export type OAuthClient = Schemas['OAuthClientRep'];
export type OAuthClientPost = Schemas['OAuthClientPost'];
export type Grant = Schemas['AuthorizationRep'];

/** What a program wants, which came in the address; refused where that does not fit what is registered. */
export const askedQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['oauth', 'asked', asked],
    queryFn: ({ signal }) => take(api.GET('/oauth/authorize', { params: { query: asked }, signal })),
    retry: false,
  });

/** Answers where to send the browser. */
export function useAnswer(asked: Asked) {
  return useWrite({
    mutationFn: (decision: 'allow' | 'deny') =>
      take(api.POST('/oauth/authorize', { body: { ...asked, decision } as Schemas['ConsentPost'] })),
  });
}

export const clientsQuery = () =>
  queryOptions({
    queryKey: ['oauth-clients', 'all'],
    queryFn: ({ signal }) => take(api.GET('/api/v2/oauth/clients', { signal })),
  });

export const grantsQuery = () =>
  queryOptions({
    queryKey: ['oauth-clients', 'grants'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/flagstaff/oauth-authorizations', { params: { query: { showAll: true } }, signal })),
  });

/** The answer has the client secret, which is never told again. */
export function useMakeClient() {
  return useClientCall((client: OAuthClientPost) => take(api.POST('/api/v2/oauth/clients', { body: client })));
}

export function useChangeClient() {
  return useClientCall(({ clientId, change }: { clientId: string; change: Partial<OAuthClient> }) => {
    const body = Object.entries(change).map(([name, value]) => ({ op: 'add' as const, path: `/${name}`, value }));
    return take(api.PATCH('/api/v2/oauth/clients/{clientId}', { params: { path: { clientId } }, body }));
  });
}

export function useDeleteClient() {
  return useClientCall((clientId: string) =>
    take(api.DELETE('/api/v2/oauth/clients/{clientId}', { params: { path: { clientId } } })),
  );
}

export function useEndGrant() {
  return useClientCall((id: string) =>
    take(api.DELETE('/api/v2/flagstaff/oauth-authorizations/{id}', { params: { path: { id } } })),
  );
}

function useClientCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({ mutationFn: run, onSuccess: () => void client.invalidateQueries({ queryKey: ['oauth-clients'] }) });
}
