// `/account/tokens?new&edit`: the access tokens that the reader may see; secrets are shown once.
import { IconKey } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { memberName, sessionQuery } from '../api/auth';
import { useRefusal } from '../api/may';
import { tokenPageQuery, tokenQuery, useDeleteToken, useResetToken, type Token } from '../api/tokens';
import { DeleteDialog } from '../components/DeleteDialog';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { SecretResetForm } from '../forms/SecretResetForm';
import { TokenForm } from '../forms/TokenForm';
import { memberWords } from '../strings/members';
import { tokenWords as words } from '../strings/tokens';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { linkTo, useAddress } from '../ui/address';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { Locked } from '../ui/Locked';
import { RowMenu } from '../ui/RowMenu';
import { SidePanel } from '../ui/SidePanel';
import { EmptyState, FailureState, LoadingState } from '../ui/States';

interface Asked {
  act: 'reset' | 'remove';
  token: Token;
}

export default function TokensPage() {
  const [search, change] = useAddress();
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages<Token>(tokenPageQuery);
  const columns = useMemo(
    () => tokenColumns((token) => linkTo(search, { edit: token._id }), (token) => change({ edit: token._id }), setAsked),
    [search, change],
  );
  const isNew = search.has('new');
  const edited = search.get('edit');
  const self = useQuery(sessionQuery).data?.member._id ?? 'me';
  const refusal = useRefusal('createAccessToken', `member/${self}:token/*`);
  const open = () => change({ new: 'token' });
  const close = () => change({ new: undefined, edit: undefined });
  return (
    <Page title={words.tokens} description={words.about} actions={<CreateButton label={words.create} onClick={open} refusal={refusal} />} isFilling>
      <PagedTable
        pages={pages}
        what={words.theTokens}
        label={words.tokens}
        columns={columns}
        rowKey={(token) => token._id}
        empty={<EmptyState icon={IconKey} title={words.noneTitle} text={words.noneText} />}
      />
      {isNew && refusal === undefined && (
        <SidePanel title={words.create} onClose={close} closesOutside={false}>
          <TokenForm onDone={close} />
        </SidePanel>
      )}
      {edited !== null && <TokenPanel id={edited} onClose={close} />}
      {asked?.act === 'reset' && <ResetDialog token={asked.token} onClose={() => setAsked(undefined)} />}
      {asked?.act === 'remove' && <RemoveDialog token={asked.token} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

const nameOf = ({ name = '' }: Token) => (name === '' ? words.unnamed : name);

function TokenPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: token, error, refetch } = useQuery(tokenQuery(id));
  return (
    <SidePanel title={token ? nameOf(token) : words.token} onClose={onClose} closesOutside={false}>
      {token && <TokenEditing token={token} onDone={onClose} />}
      {!token && error && <FailureState what={words.theToken} error={error} onRetry={refetch} />}
      {!token && !error && <LoadingState rows={4} />}
    </SidePanel>
  );
}

function TokenEditing({ token, onDone }: { token: Token; onDone: () => void }) {
  const resource = token.serviceToken ? `service-token/${token._id}` : `member/${token.memberId}:token/${token._id}`;
  const action = token.serviceToken ? 'updateAccessTokenName' : 'updateAccessTokenPolicy';
  return (
    <Locked refusal={useRefusal(action, resource)}>
      <TokenForm token={token} onDone={onDone} />
    </Locked>
  );
}

function tokenColumns(
  open: (token: Token) => string,
  edit: (token: Token) => void,
  ask: (asked: Asked) => void,
): ColumnDef<Token>[] {
  return [
    {
      id: 'token',
      header: words.token,
      meta: { track: 'minmax(180px, 2fr)' },
      cell: ({ row: { original: token } }) => (
        <NameCell
          name={nameOf(token)}
          resourceKey={`…${token.token.slice(-4)}`}
          tags={token.serviceToken ? [words.serviceTag] : []}
          to={open(token)}
        />
      ),
    },
    {
      id: 'member',
      header: words.owner,
      meta: { track: 'minmax(120px, 1fr)', hideOn: 'phone' },
      cell: ({ row: { original: token } }) => (token._member ? memberName(token._member) : ''),
    },
    {
      id: 'role',
      header: words.mayDo,
      meta: { track: 'minmax(100px, 1fr)' },
      cell: ({ row: { original: token } }) => mayDo(token),
    },
    {
      id: 'used',
      header: words.used,
      meta: { track: '90px', align: 'end', hideOn: 'phone' },
      cell: ({ row: { original: token } }) => (token.lastUsed ? <RelativeTime short at={token.lastUsed} /> : words.never),
    },
    {
      id: 'acts',
      header: words.acts,
      meta: { track: '36px', align: 'end', isPlain: true },
      cell: ({ row: { original: token } }) => <TokenMenu token={token} edit={edit} ask={ask} />,
    },
  ];
}

function mayDo(token: Token): string {
  if (token.inlineRole?.length) return words.policy(token.inlineRole.length);
  if (token.customRoleIds?.length) return words.customRoles(token.customRoleIds.length);
  return memberWords.roles[token.role ?? ''] ?? token.role ?? '';
}

interface TokenMenuProps {
  token: Token;
  edit: (token: Token) => void;
  ask: (asked: Asked) => void;
}

function TokenMenu({ token, edit, ask }: TokenMenuProps) {
  const acts = [
    { label: words.edit, run: () => edit(token) },
    { label: words.reset, run: () => ask({ act: 'reset', token }) },
    { label: words.remove, run: () => ask({ act: 'remove', token }) },
  ];
  return <RowMenu label={words.actions(nameOf(token))} acts={acts} />;
}

function ResetDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const { mutateAsync: reset } = useResetToken();
  return (
    <Dialog title={words.resetTitle(nameOf(token))} onClose={onClose} closesOutside={false}>
      <SecretResetForm
        label={words.created(token.name ?? '')}
        text={words.resetText}
        act={words.reset}
        run={async (expiry) => (await reset({ id: token._id, expiry })).token}
        onDone={onClose}
      />
    </Dialog>
  );
}

function RemoveDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const remove = useDeleteToken();
  return (
    <DeleteDialog
      title={words.removeTitle(nameOf(token))}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={token._id}
      told={words.removed(nameOf(token))}
      onClose={onClose}
    />
  );
}
