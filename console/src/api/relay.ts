// Relay configurations: the list, making, changing, resetting and deleting them.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';

export type Relay = Schemas['RelayConfigurationRep'];
export type RelayPost = Schemas['RelayConfigurationPost'];

const RELAYS = ['relay-proxy-configs'] as const;

export const relaysQuery = () =>
  queryOptions({
    queryKey: RELAYS,
    queryFn: ({ signal }) => take(api.GET('/api/v2/account/relay-auto-configs', { signal })),
  });

/** The answer has the whole key, which is never told again. */
export function useMakeRelay() {
  return useRelayCall((relay: RelayPost) => take(api.POST('/api/v2/account/relay-auto-configs', { body: relay })));
}

export function useChangeRelay() {
  return useRelayCall(({ id, change }: { id: string; change: Partial<RelayPost> }) => {
    const body = Object.entries(change).map(([name, value]) => ({ op: 'replace' as const, path: `/${name}`, value }));
    return take(api.PATCH('/api/v2/account/relay-auto-configs/{id}', { params: { path: { id } }, body }));
  });
}

export function useResetRelay() {
  return useRelayCall(({ id, expiry }: { id: string; expiry?: number | undefined }) =>
    take(
      api.POST('/api/v2/account/relay-auto-configs/{id}/reset', {
        params: { path: { id }, query: expiry === undefined ? {} : { expiry } },
      }),
    ),
  );
}

export function useDeleteRelay() {
  return useRelayCall((id: string) => take(api.DELETE('/api/v2/account/relay-auto-configs/{id}', { params: { path: { id } } })));
}

function useRelayCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({ mutationFn: run, onSuccess: () => void client.invalidateQueries({ queryKey: RELAYS }) });
}
