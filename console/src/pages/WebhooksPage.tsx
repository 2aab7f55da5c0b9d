// `/account/webhooks?new`: the webhooks, and making one.
import { useQuery } from '@tanstack/react-query';
import { IconWebhook } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { webhooksQuery, type Webhook } from '../api/webhooks';
import { webhookName, WebhookToggle } from '../components/account/WebhookToggle';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { WebhookForm } from '../forms/WebhookForm';
import { paths } from '../paths';
import { webhookWords as words } from '../strings/webhooks';
import { useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { DataTable } from '../ui/DataTable';
import { SidePanel } from '../ui/SidePanel';
import { EmptyState, FailureState } from '../ui/States';

export default function WebhooksPage() {
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const webhooks = useQuery(webhooksQuery());
  const items = webhooks.data?.items ?? [];
  const refusal = useRefusal('createWebhook', 'webhook/*');
  const create = () => change({ new: 'webhook' });
  return (
    <Page title={words.webhooks} description={words.about} actions={<CreateButton label={words.create} onClick={create} refusal={refusal} />} isFilling>
      {webhooks.error && !webhooks.data ? (
        <FailureState what={words.theWebhooks} error={webhooks.error} onRetry={webhooks.refetch} />
      ) : (
        <DataTable
          label={words.webhooks}
          columns={COLUMNS}
          total={items.length}
          row={(index) => items[index]}
          isLoading={webhooks.isFetching}
          rowKey={(webhook) => webhook._id}
          empty={<EmptyState icon={IconWebhook} title={words.noneTitle} text={words.noneText} />}
        />
      )}
      {search.has('new') && refusal === undefined && (
        <SidePanel title={words.create} onClose={() => change({ new: undefined })} closesOutside={false}>
          <WebhookForm onDone={(webhook) => void navigate(paths.webhook(webhook._id))} />
        </SidePanel>
      )}
    </Page>
  );
}

const COLUMNS: ColumnDef<Webhook>[] = [
  {
    id: 'on',
    header: words.state,
    meta: { track: '84px' },
    cell: ({ row: { original: webhook } }) => <WebhookToggle webhook={webhook} />,
  },
  {
    id: 'webhook',
    header: words.webhook,
    meta: { track: 'minmax(140px, 3fr)' },
    cell: ({ row: { original: webhook } }) => (
      <NameCell
        name={webhookName(webhook)}
        resourceKey={webhook.url}
        tags={webhook._notice === undefined ? webhook.tags : [words.paused]}
        to={paths.webhook(webhook._id)}
      />
    ),
  },
  {
    id: 'sends',
    header: words.sends,
    meta: { track: 'minmax(110px, 1fr)', hideOn: 'phone' },
    cell: ({ row: { original: webhook } }) =>
      webhook.statements?.length ? words.some(webhook.statements.length) : words.everything,
  },
  {
    id: 'secret',
    header: words.secret,
    meta: { track: '96px', hideOn: 'phone' },
    cell: ({ row: { original: webhook } }) => (webhook.secret === undefined ? words.unsigned : words.signed),
  },
];
