// `/account/tokens?new`: the access tokens that the reader may see; secrets are shown once.
import { IconKey } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { memberName, sessionQuery } from '../api/auth';
import { useRefusal } from '../api/may';
import { tokenPageQuery, useDeleteToken, useResetToken, type Token } from '../api/tokens';
import { DeleteDialog } from '../components/DeleteDialog';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { SecretResetForm } from '../forms/SecretResetForm';
import { TokenForm } from '../forms/TokenForm';
import { memberWords } from '../strings/members';
import { tokenWords as words } from '../strings/tokens';
import { CreateButton } from '../ui/CreateButton';
import { DataTable } from '../ui/DataTable';
import { Dialog } from '../ui/Dialog';
import { useAddress } from '../ui/address';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { EmptyState, FailureState } from '../ui/States';
import { tellDone } from '../ui/toast';

interface Asked {
  act: 'reset' | 'remove';
  token: Token;
}

export default function TokensPage() {
  const [search, change] = useAddress();
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages<Token>(tokenPageQuery);
  const columns = useMemo(() => tokenColumns(setAsked), []);
  const isNew = search.has('new');
  const self = useQuery(sessionQuery).data?.member._id ?? 'me';
  const refusal = useRefusal('createAccessToken', `member/${self}:token/new`);
  const open = () => change({ new: 'token' });
  const close = () => change({ new: undefined });
  return (
    <Page title={words.tokens} description={words.about} actions={<CreateButton label={words.create} onClick={open} refusal={refusal} />} isFilling>
      {pages.error ? (
        <FailureState what={words.theTokens} error={pages.error} onRetry={pages.refetch} />
      ) : (
        <DataTable
          {...pages}
          label={words.tokens}
          columns={columns}
          rowKey={(token) => token._id}
          empty={<EmptyState icon={IconKey} title={words.noneTitle} text={words.noneText} />}
        />
      )}
      {isNew && refusal === undefined && (
        <Dialog title={words.create} onClose={close} closesOutside={false}>
          <TokenForm onDone={close} />
        </Dialog>
      )}
      {asked?.act === 'reset' && <ResetDialog token={asked.token} onClose={() => setAsked(undefined)} />}
      {asked?.act === 'remove' && <RemoveDialog token={asked.token} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

const nameOf = ({ name = '' }: Token) => (name === '' ? words.unnamed : name);

function tokenColumns(ask: (asked: Asked) => void): ColumnDef<Token>[] {
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
      cell: ({ row: { original: token } }) => <TokenMenu token={token} ask={ask} />,
    },
  ];
}

function mayDo(token: Token): string {
  if (token.inlineRole?.length) return words.policy(token.inlineRole.length);
  if (token.customRoleIds?.length) return words.customRoles(token.customRoleIds.length);
  return memberWords.roles[token.role ?? ''] ?? token.role ?? '';
}

function TokenMenu({ token, ask }: { token: Token; ask: (asked: Asked) => void }) {
  const acts = [
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
  const onSuccess = () => {
    tellDone(words.removed(nameOf(token)));
    onClose();
  };
  return (
    <DeleteDialog
      title={words.removeTitle(nameOf(token))}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={token._id}
      onRemoved={onSuccess}
      onClose={onClose}
    />
  );
}
