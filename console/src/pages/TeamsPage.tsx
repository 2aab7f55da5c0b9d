// `/account/teams?q&new`: the teams, and making one.
import { IconUsersGroup } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { teamPageQuery, type Team } from '../api/teams';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { count, counted } from '../format/number';
import { TeamForm } from '../forms/TeamForm';
import { paths } from '../paths';
import { teamWords as words } from '../strings/teams';
import { useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { EmptyState } from '../ui/States';

export default function TeamsPage() {
  const { text, settled, setText } = useFilterText();
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const pages = usePages<Team>((offset, limit) => teamPageQuery(settled, offset, limit));
  const refusal = useRefusal('createTeam', 'team/*');
  const create = () => change({ new: 'team' });
  const close = () => change({ new: undefined });
  const none =
    settled === '' ? (
      <EmptyState icon={IconUsersGroup} title={words.noneTitle} text={words.noneText} />
    ) : (
      <NoMatch title={words.noneMatch(settled)} onClear={() => setText('')} />
    );
  const filter = (
    <FilterBar
      label={words.filter}
      text={text}
      onChange={setText}
      summary={words.total(counted(pages.known, 'team'))}
    />
  );
  return (
    <Page title={words.teams} description={words.about} actions={<CreateButton label={words.create} onClick={create} refusal={refusal} />} below={filter} isFilling>
      <PagedTable pages={pages} what={words.theTeams} label={words.teams} columns={COLUMNS} rowKey={(team) => team.key} empty={none} />
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.create} onClose={close} closesOutside={false}>
          <TeamForm onMade={(team) => void navigate(paths.team(team.key))} />
        </Dialog>
      )}
    </Page>
  );
}

const COLUMNS: ColumnDef<Team>[] = [
  {
    id: 'team',
    header: words.team,
    meta: { track: 'minmax(160px, 2fr)' },
    cell: ({ row: { original: team } }) => (
      <NameCell name={team.name} resourceKey={team.key} tags={[]} to={paths.team(team.key)} />
    ),
  },
  {
    id: 'roles',
    header: words.roles,
    meta: { track: 'minmax(120px, 2fr)', hideOn: 'phone' },
    cell: ({ row: { original: team } }) => team.roles?.items.map((role) => role.name).join(', '),
  },
  {
    id: 'members',
    header: words.members,
    meta: { track: '90px', align: 'end' },
    cell: ({ row: { original: team } }) => count(team.members?.totalCount ?? 0),
  },
];
