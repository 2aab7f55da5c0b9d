// Webhooks: the list, one of them, what was sent to it, and sending it again.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';
import { keepAnswer } from './queries';

export type Webhook = Schemas['WebhookRep'];
export type NewWebhook = Partial<Schemas['WebhookPost']> & Pick<Schemas['WebhookPost'], 'url' | 'on' | 'sign'>;
export type Delivery = Schemas['DeliveryRep'];

const FRESH = 2000; // milliseconds between looks, while something waits

export const webhooksQuery = () =>
  queryOptions({
    queryKey: ['webhooks', 'all'],
    queryFn: ({ signal }) => take(api.GET('/api/v2/webhooks', { signal })),
  });

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/v2/webhooks/{id}', { params: { path: { id } }, signal })),
  });

/** Newest first; looked at again and again while the newest wait. */
export const deliveryPageQuery = (id: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['webhooks', 'audit', id, offset, limit],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/flagstaff/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit, offset } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'waiting') ? FRESH : false),
  });

/** The change that a delivery tells of, just as it is sent. */
export const payloadQuery = (entry: string) =>
  queryOptions({
    queryKey: ['webhooks', 'payload', entry],
    queryFn: ({ signal }) => take(api.GET('/api/v2/auditlog/{id}', { params: { path: { id: entry } }, signal })),
    staleTime: Infinity,
  });

/** The answer has the secret that was made. */
export function useMakeWebhook() {
  return useWebhookCall((webhook: NewWebhook) => take(api.POST('/api/v2/webhooks', { body: webhook as Schemas['WebhookPost'] })));
}

export function useChangeWebhook() {
  return useWebhookCall(async ({ id, change }: { id: string; change: Partial<Webhook> }) => {
    const body = Object.entries(change).map(([name, value]) => ({ op: 'add' as const, path: `/${name}`, value }));
    const webhook = await take(api.PATCH('/api/v2/webhooks/{id}', { params: { path: { id } }, body }));
    await keepAnswer(webhookQuery(id).queryKey, webhook);
    return webhook;
  });
}

export function useDeleteWebhook() {
  return useWebhookCall((id: string) => take(api.DELETE('/api/v2/webhooks/{id}', { params: { path: { id } } })));
}

export function useReplay(id: string) {
  return useWebhookCall((deliveryId: string) =>
    take(api.POST('/api/v2/flagstaff/webhooks/{id}/deliveries/{deliveryId}/replay', { params: { path: { id, deliveryId } } })),
  );
}

function useWebhookCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({ mutationFn: run, onSuccess: () => void client.invalidateQueries({ queryKey: ['webhooks'] }) });
}
