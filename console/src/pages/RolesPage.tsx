// `/account/roles?q&new`: the custom roles, and making one.
import { useQuery } from '@tanstack/react-query';
import { IconShieldHalf } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { rolesQuery, type Role } from '../api/roles';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { count, counted } from '../format/number';
import { RoleForm } from '../forms/RoleForm';
import { paths } from '../paths';
import { roleWords as words } from '../strings/roles';
import { useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { DataTable } from '../ui/DataTable';
import { Dialog } from '../ui/Dialog';
import { EmptyState, FailureState } from '../ui/States';

export default function RolesPage() {
  const { text, settled, setText } = useFilterText();
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const roles = useQuery(rolesQuery());
  const found = useMemo(() => rolesLike(roles.data?.items ?? [], settled), [roles.data, settled]);
  const refusal = useRefusal('createRole', 'role/*');
  const create = () => change({ new: 'role' });
  const close = () => change({ new: undefined });
  const none =
    settled === '' ? (
      <EmptyState icon={IconShieldHalf} title={words.noneTitle} text={words.noneText} />
    ) : (
      <NoMatch title={words.noneMatch(settled)} onClear={() => setText('')} />
    );
  const filter = (
    <FilterBar label={words.filter} text={text} onChange={setText} summary={counted(found.length, 'custom role')} />
  );
  return (
    <Page title={words.roles} description={words.about} actions={<CreateButton label={words.create} onClick={create} refusal={refusal} />} below={filter} isFilling>
      {roles.error && !roles.data ? (
        <FailureState what={words.theRoles} error={roles.error} onRetry={roles.refetch} />
      ) : (
        <DataTable
          label={words.roles}
          columns={COLUMNS}
          total={found.length}
          row={(index) => found[index]}
          isLoading={roles.isFetching}
          rowKey={(role) => role.key}
          empty={none}
        />
      )}
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.create} onClose={close} closesOutside={false}>
          <RoleForm onMade={(role) => void navigate(paths.role(role.key))} />
        </Dialog>
      )}
    </Page>
  );
}

const rolesLike = (roles: Role[], text: string): Role[] =>
  roles.filter(({ name, key }) => `${name}\n${key}`.toLowerCase().includes(text.trim().toLowerCase()));

const COLUMNS: ColumnDef<Role>[] = [
  {
    id: 'role',
    header: words.role,
    meta: { track: 'minmax(160px, 2fr)' },
    cell: ({ row: { original: role } }) => (
      <NameCell name={role.name} resourceKey={role.key} tags={[]} to={paths.role(role.key)} />
    ),
  },
  {
    id: 'base',
    header: words.base,
    meta: { track: 'minmax(120px, 1fr)', hideOn: 'phone' },
    cell: ({ row: { original: role } }) => words.bases[role.basePermissions],
  },
  {
    id: 'statements',
    header: words.statements,
    meta: { track: '90px', align: 'end' },
    cell: ({ row: { original: role } }) => count(role.policy.length),
  },
];
