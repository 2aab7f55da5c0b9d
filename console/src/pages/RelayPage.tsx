// `/account/relay?new&edit`: the relay configurations, each with a key that is shown once.
import { useQuery } from '@tanstack/react-query';
import { IconRouter } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useRefusal } from '../api/may';
import { relaysQuery, useDeleteRelay, useResetRelay, type Relay } from '../api/relay';
import { DeleteDialog } from '../components/DeleteDialog';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { RelayForm } from '../forms/RelayForm';
import { SecretResetForm } from '../forms/SecretResetForm';
import { relayWords as words } from '../strings/relay';
import { linkTo, useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { DataTable } from '../ui/DataTable';
import { Dialog } from '../ui/Dialog';
import { Locked } from '../ui/Locked';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { SidePanel } from '../ui/SidePanel';
import { EmptyState, FailureState } from '../ui/States';

interface Asked {
  act: 'reset' | 'remove';
  relay: Relay;
}

export default function RelayPage() {
  const [search, change] = useAddress();
  const [asked, setAsked] = useState<Asked>();
  const relays = useQuery(relaysQuery());
  const items = relays.data?.items ?? [];
  const edited = items.find((relay) => relay._id === search.get('edit'));
  const refusal = useRefusal('createRelayAutoConfiguration', 'relay-proxy-config/*');
  const refusals = {
    edit: useRefusal('updateRelayAutoConfigurationPolicy', 'relay-proxy-config/*'),
    reset: useRefusal('resetRelayAutoConfiguration', 'relay-proxy-config/*'),
    remove: useRefusal('deleteRelayAutoConfiguration', 'relay-proxy-config/*'),
  };
  const create = () => change({ new: 'relay' });
  const close = () => change({ new: undefined, edit: undefined });
  return (
    <Page title={words.relay} description={words.about} actions={<CreateButton label={words.create} onClick={create} refusal={refusal} />} isFilling>
      {relays.error && !relays.data ? (
        <FailureState what={words.theRelays} error={relays.error} onRetry={relays.refetch} />
      ) : (
        <DataTable
          label={words.relay}
          columns={columnsOf((relay) => linkTo(search, { edit: relay._id }), (relay) => change({ edit: relay._id }), setAsked, refusals)}
          total={items.length}
          row={(index) => items[index]}
          isLoading={relays.isFetching}
          rowKey={(relay) => relay._id}
          empty={<EmptyState icon={IconRouter} title={words.noneTitle} text={words.noneText} />}
        />
      )}
      {search.has('new') && refusal === undefined && (
        <SidePanel title={words.create} onClose={close} closesOutside={false}>
          <RelayForm onDone={close} />
        </SidePanel>
      )}
      {edited && (
        <SidePanel title={edited.name} onClose={close} closesOutside={false}>
          <Locked refusal={refusals.edit}>
            <RelayForm relay={edited} onDone={close} />
          </Locked>
        </SidePanel>
      )}
      {asked?.act === 'reset' && <ResetDialog relay={asked.relay} onClose={() => setAsked(undefined)} />}
      {asked?.act === 'remove' && <RemoveDialog relay={asked.relay} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

function columnsOf(
  open: (relay: Relay) => string,
  edit: (relay: Relay) => void,
  ask: (asked: Asked) => void,
  refusals: Record<'edit' | 'reset' | 'remove', string | undefined>,
): ColumnDef<Relay>[] {
  return [
    {
      id: 'relay',
      header: words.configuration,
      meta: { track: 'minmax(150px, 2fr)' },
      cell: ({ row: { original: relay } }) => (
        <NameCell name={relay.name} resourceKey={`…${relay.displayKey}`} tags={[]} to={open(relay)} />
      ),
    },
    {
      id: 'policy',
      header: words.environments,
      meta: { track: 'minmax(110px, 1fr)', hideOn: 'phone' },
      cell: ({ row: { original: relay } }) => words.some(relay.policy.length),
    },
    {
      id: 'changed',
      header: words.changed,
      meta: { track: '90px', align: 'end' },
      cell: ({ row: { original: relay } }) => <RelativeTime short at={relay.lastModified} />,
    },
    {
      id: 'acts',
      header: words.acts,
      meta: { track: '36px', align: 'end', isPlain: true },
      cell: ({ row: { original: relay } }) => (
        <RowMenu
          label={words.actions(relay.name)}
          acts={[
            { label: words.edit, run: () => edit(relay), refusal: refusals.edit },
            { label: words.reset, run: () => ask({ act: 'reset', relay }), refusal: refusals.reset },
            { label: words.remove, run: () => ask({ act: 'remove', relay }), refusal: refusals.remove },
          ]}
        />
      ),
    },
  ];
}

function ResetDialog({ relay, onClose }: { relay: Relay; onClose: () => void }) {
  const { mutateAsync: reset } = useResetRelay();
  return (
    <Dialog title={words.resetTitle(relay.name)} onClose={onClose} closesOutside={false}>
      <SecretResetForm
        label={words.keyOf(relay.name)}
        text={words.resetText}
        act={words.reset}
        run={async (expiry) => (await reset({ id: relay._id, expiry })).fullKey}
        onDone={onClose}
      />
    </Dialog>
  );
}

function RemoveDialog({ relay, onClose }: { relay: Relay; onClose: () => void }) {
  const remove = useDeleteRelay();
  return (
    <DeleteDialog
      title={words.removeTitle(relay.name)}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={relay._id}
      told={words.removed(relay.name)}
      onClose={onClose}
    />
  );
}
