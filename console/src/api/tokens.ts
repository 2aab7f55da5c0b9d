// Access tokens: pages of the list, one, making, changing, resetting and deleting them.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { Addition } from '../format/patches';
import type { TokenBody } from '../format/tokens';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';

export type Token = Schemas['TokenRep'];
export type NewToken = TokenBody & Pick<Schemas['TokenPost'], 'serviceToken' | 'defaultApiVersion'>;

const TOKENS = ['tokens'] as const;

/** Whoever may see the tokens of others sees them too. */
export const tokenPageQuery = (offset: number, limit: number) =>
  queryOptions({
    queryKey: [...TOKENS, offset, limit],
    queryFn: ({ signal }) => take(api.GET('/api/v2/tokens', { params: { query: { showAll: true, limit, offset } }, signal })),
  });

export const tokenQuery = (id: string) =>
  queryOptions({
    queryKey: [...TOKENS, id],
    queryFn: ({ signal }) => take(api.GET('/api/v2/tokens/{id}', { params: { path: { id } }, signal })),
  });

/** The versions of the API that a token can have for its own. */
export const versionsQuery = queryOptions({
  queryKey: ['versions'],
  queryFn: ({ signal }) => take(api.GET('/api/v2/versions', { signal })),
  staleTime: Infinity,
});

/** The answer of the server holds the whole secret, which it never tells again. */
export function useMakeToken() {
  return useTokenCall((token: NewToken) => take(api.POST('/api/v2/tokens', { body: token as Schemas['TokenPost'] })));
}

export function useChangeToken() {
  return useTokenCall(({ id, patch }: { id: string; patch: Addition[] }) =>
    take(api.PATCH('/api/v2/tokens/{id}', { params: { path: { id } }, body: patch })),
  );
}

/** Gives a token a new secret; the old one works until `expiry`, in milliseconds, or ends at once. */
export function useResetToken() {
  return useTokenCall(({ id, expiry }: { id: string; expiry?: number | undefined }) =>
    take(
      api.POST('/api/v2/tokens/{id}/reset', {
        params: { path: { id }, query: expiry === undefined ? {} : { expiry } },
      }),
    ),
  );
}

export function useDeleteToken() {
  return useTokenCall((id: string) => take(api.DELETE('/api/v2/tokens/{id}', { params: { path: { id } } })));
}

function useTokenCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: TOKENS }) });
}
