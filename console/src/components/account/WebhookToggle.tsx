// Whether a webhook sends; what changes while it is off waits.
import { useRefusal } from '../../api/may';
import { useChangeWebhook, type Webhook } from '../../api/webhooks';
import { webhookWords as words } from '../../strings/webhooks';
import { tellDone } from '../../ui/toast';
import { Toggle } from '../../ui/Toggle';

export const webhookName = ({ name = '', url }: Webhook) => (name === '' ? url : name);

export function WebhookToggle({ webhook, size = 'sm' }: { webhook: Webhook; size?: 'sm' | 'md' }) {
  const { mutate, isPending, error, reset } = useChangeWebhook();
  const name = webhookName(webhook);
  const refusal = useRefusal('updateOn', `webhook/${webhook._id}`);
  const change = (on: boolean) =>
    mutate(
      { id: webhook._id, change: { on } },
      { onSuccess: () => tellDone(on ? words.turnedOn(name) : words.turnedOff(name)) },
    );
  return (
    <Toggle
      size={size}
      checked={webhook.on}
      label={words.toggle(name)}
      isPending={isPending}
      refusal={refusal}
      failure={error === null ? undefined : { error, onSeen: reset }}
      onChange={change}
    />
  );
}
