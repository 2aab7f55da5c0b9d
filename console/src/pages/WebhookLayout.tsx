// `/account/webhooks/{w}/...`: the frame of the pages of a webhook, with its switch and why it was paused.
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from 'react-router';
import { useRefusal } from '../api/may';
import { useChangeWebhook, webhookQuery, type Webhook } from '../api/webhooks';
import { webhookName, WebhookToggle } from '../components/account/WebhookToggle';
import { Page } from '../components/Page';
import { paths } from '../paths';
import { webhookWords as words } from '../strings/webhooks';
import { GuardedButton } from '../ui/GuardedButton';
import { LinkTabs } from '../ui/LinkTabs';
import { Note } from '../ui/Note';
import { FailureState, LoadingState } from '../ui/States';
import { tellDone } from '../ui/toast';

const TRAIL = [{ label: words.webhooks, to: paths.webhooks() }];

export default function WebhookLayout() {
  const { webhook: id = '' } = useParams();
  const { data: webhook, error, refetch } = useQuery(webhookQuery(id));
  if (webhook === undefined) {
    return (
      <Page title={words.webhook} trail={TRAIL}>
        {error ? <FailureState what={words.theWebhook} error={error} onRetry={refetch} /> : <LoadingState rows={5} />}
      </Page>
    );
  }
  const tabs = [
    { label: words.deliveries, to: paths.webhook(id) },
    { label: words.settings, to: paths.webhookSettings(id) },
  ];
  return (
    <Page
      title={webhookName(webhook)}
      trail={TRAIL}
      tags={webhook.tags}
      description={webhook.name ? webhook.url : ''}
      actions={<WebhookToggle webhook={webhook} size="md" />}
      below={
        <>
          {webhook._notice !== undefined && <Paused webhook={webhook} notice={webhook._notice} />}
          <LinkTabs label={words.views} tabs={tabs} />
        </>
      }
      isFilling
    >
      <Outlet context={webhook} key={id} />
    </Page>
  );
}

function Paused({ webhook, notice }: { webhook: Webhook; notice: string }) {
  const { mutate, isPending } = useChangeWebhook();
  const refusal = useRefusal('updateOn', `webhook/${webhook._id}`);
  const name = webhookName(webhook);
  const turnOn = () =>
    mutate(
      { id: webhook._id, change: { on: true } },
      { onSuccess: () => tellDone(words.turnedOn(name)), notDone: words.notSwitched(name) },
    );
  const button = (
    <GuardedButton size="xs" variant="default" loading={isPending} refusal={refusal} onClick={turnOn}>
      {words.turnOn}
    </GuardedButton>
  );
  return (
    <div style={{ paddingTop: 12 }}>
      <Note tone="warn" role="status" action={button}>
        {notice}
      </Note>
    </div>
  );
}
