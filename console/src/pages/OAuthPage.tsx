// `/account/oauth?new&edit`: applications that may ask to be let in, and those that were.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefusal } from '../api/may';
import { memberName } from '../api/auth';
import { clientsQuery, grantsQuery, useDeleteClient, useEndGrant, type Grant, type OAuthClient } from '../api/oauth';
import { DeleteDialog } from '../components/DeleteDialog';
import { Page } from '../components/Page';
import { Section } from '../components/Section';
import { OAuthClientForm } from '../forms/OAuthClientForm';
import { oauthWords as words } from '../strings/oauth';
import { useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { Lines } from '../ui/Facts';
import { CopyChip, Tag } from '../ui/KeyPill';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { FailureState, LoadingState } from '../ui/States';
import { tellDone } from '../ui/toast';
import classes from './account.module.css';

export default function OAuthPage() {
  const [search, change] = useAddress();
  const [removed, setRemoved] = useState<OAuthClient>();
  const clients = useQuery(clientsQuery());
  const items = clients.data?.items;
  const edited = items?.find((client) => client._clientId === search.get('edit'));
  const refusal = useRefusal('createOAuthClient', 'acct');
  const refusals = { edit: useRefusal('updateOAuthClient', 'acct'), remove: useRefusal('deleteOAuthClient', 'acct') };
  const create = () => change({ new: 'application' });
  const close = () => change({ new: undefined, edit: undefined });
  return (
    <Page title={words.oauth} description={words.about} actions={<CreateButton label={words.createClient} onClick={create} refusal={refusal} />}>
      <div className={classes.column}>
        <Section title={words.clients} hint={words.clientsText}>
          {items === undefined && !clients.error && <LoadingState rows={2} height={40} />}
          {items === undefined && clients.error && (
            <FailureState what={words.theClients} error={clients.error} onRetry={clients.refetch} />
          )}
          {items?.length === 0 && words.noClients}
          {items && (
            <Lines label={words.clients} lines={items.map((client) => clientLine(client, change, setRemoved, refusals))} />
          )}
        </Section>
        <Grants />
      </div>
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.createClient} onClose={close} closesOutside={false}>
          <OAuthClientForm onDone={close} />
        </Dialog>
      )}
      {edited && refusals.edit === undefined && (
        <Dialog title={edited.name} onClose={close} closesOutside={false}>
          <OAuthClientForm client={edited} onDone={close} />
        </Dialog>
      )}
      {removed && <RemoveDialog client={removed} onClose={() => setRemoved(undefined)} />}
    </Page>
  );
}

function clientLine(
  client: OAuthClient,
  change: (next: { edit: string }) => void,
  remove: (client: OAuthClient) => void,
  refusals: Record<'edit' | 'remove', string | undefined>,
) {
  const acts = [
    { label: words.edit, run: () => change({ edit: client._clientId }), refusal: refusals.edit },
    { label: words.remove, run: () => remove(client), refusal: refusals.remove },
  ];
  return {
    key: client._clientId,
    main: (
      <>
        <b>{client.name}</b> {client._public === true && <Tag>{words.publicTag}</Tag>}
        <div>{client.description ?? client.redirectUri}</div>
      </>
    ),
    side: <CopyChip value={client._clientId} what={words.clientId} />,
    action: <RowMenu label={words.actions(client.name)} acts={acts} />,
  };
}

function Grants() {
  const { data, error, refetch } = useQuery(grantsQuery());
  const end = useEndGrant();
  const run = (grant: Grant) => {
    const what = words.grant(grant.clientName, memberName(grant.member));
    end.mutate(grant._id, { onSuccess: () => tellDone(words.ended(what)), notDone: words.notEnded(what) });
  };
  const lines = data?.items.map((grant) => {
    const what = words.grant(grant.clientName, memberName(grant.member));
    return {
      key: grant._id,
      main: what,
      side: (
        <>
          {grant.scopes.join(', ')} · <RelativeTime at={grant.creationDate} />
        </>
      ),
      action: (
        <Button size="xs" variant="default" aria-label={words.endOf(what)} onClick={() => run(grant)}>
          {words.end}
        </Button>
      ),
    };
  });
  return (
    <Section title={words.grants} hint={words.grantsText}>
      {error && !data ? <FailureState what={words.theGrants} error={error} onRetry={refetch} /> : null}
      {lines?.length === 0 && words.noGrants}
      {lines && <Lines label={words.grants} lines={lines} />}
    </Section>
  );
}

function RemoveDialog({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const remove = useDeleteClient();
  return (
    <DeleteDialog
      title={words.removeTitle(client.name)}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={client._clientId}
      told={words.removed(client.name)}
      onClose={onClose}
    />
  );
}
