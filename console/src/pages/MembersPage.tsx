// `/account/members?q&role&team&sort&member&invite`: who may sign in, and what each of them may do.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useRefusal } from '../api/may';
import { memberName } from '../api/auth';
import { memberPageQuery, useRemoveMember, type Member } from '../api/members';
import { rolesQuery } from '../api/roles';
import { teamPageQuery } from '../api/teams';
import { memberColumns } from '../components/account/memberColumns';
import { DeleteDialog } from '../components/DeleteDialog';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { FilterChoice } from '../components/FilterChoice';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { SortChoice } from '../components/SortChoice';
import { MemberPanel } from '../components/account/MemberPanel';
import { memberFilter } from '../format/members';
import { counted } from '../format/number';
import { InviteForm } from '../forms/InviteForm';
import { MemberAccessForm } from '../forms/MemberAccessForm';
import { filterWords } from '../strings/filters';
import { memberWords as words } from '../strings/members';
import { linkTo, useAddress } from '../ui/address';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { EmptyState } from '../ui/States';

const USUAL_SORT = 'displayName';

export default function MembersPage() {
  const { text, settled, setText } = useFilterText();
  const [search, change] = useAddress();
  const [removed, setRemoved] = useState<Member>();
  const read = (name: string) => search.get(name) ?? '';
  const view = { q: settled, role: read('role'), team: read('team'), sort: read('sort') || USUAL_SORT };
  const pages = usePages<Member>((offset, limit) => memberPageQuery(view, offset, limit));
  const roles = useQuery(rolesQuery()).data?.items ?? [];
  const refusal = useRefusal('createMember', 'member/*');
  const invite = () => change({ invite: 'new' });
  const clear = () => {
    setText('');
    change({ q: '', role: '', team: '' }, true);
  };
  const removal = useRefusal('deleteMember', 'member/*');
  const columns = memberColumns({
    removal,
    roles,
    open: (member) => linkTo(search, { member: member._id }),
    remove: setRemoved,
    edit: (member) => change({ member: member._id }),
  });
  const choices = [
    ...Object.entries(words.roles).map(([key, name]) => ({ key, name })),
    ...roles.map(({ key, name }) => ({ key, name })),
  ];
  const filters = (
    <FilterBar
      label={words.filter}
      text={text}
      onChange={setText}
      summary={
        <SortChoice
          count={counted(pages.known, 'member')}
          sort={view.sort}
          sorts={words.sorts}
          onChange={(sort) => change({ sort: sort === USUAL_SORT ? '' : sort }, true)}
        />
      }
    >
      <FilterChoice what={words.role} chosen={view.role} choices={choices} onChoose={(role) => change({ role }, true)} />
      <TeamChoice chosen={view.team} onChoose={(team) => change({ team }, true)} />
    </FilterBar>
  );
  return (
    <Page title={words.members} description={words.about} actions={<CreateButton label={words.invite} icon={IconUserPlus} onClick={invite} refusal={refusal} />} below={filters} isFilling>
      <PagedTable
        pages={pages}
        what={words.theMembers}
        label={words.members}
        columns={columns}
        rowKey={(member) => member._id}
        empty={<Nobody isFiltered={memberFilter(view) !== ''} onClear={clear} />}
      />
      {search.has('invite') && refusal === undefined && (
        <Dialog title={words.invite} onClose={() => change({ invite: undefined })} closesOutside={false}>
          <InviteForm onDone={() => change({ invite: undefined })} />
        </Dialog>
      )}
      {search.has('member') && (
        <MemberPanel
          id={read('member')}
          form={(member, isSelf) => (
            <MemberAccessForm key={member._id} member={member} isSelf={isSelf} onSaved={() => change({ member: undefined })} />
          )}
          onClose={() => change({ member: undefined })}
          onRemove={setRemoved}
        />
      )}
      {removed && (
        <RemoveDialog
          member={removed}
          onClose={() => setRemoved(undefined)}
          onLeave={() => {
            setRemoved(undefined);
            change({ member: undefined }, true);
          }}
        />
      )}
    </Page>
  );
}

function TeamChoice(props: { chosen: string; onChoose: (key: string) => void }) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, 120);
  const teams = useQuery(teamPageQuery(settled, 0, 20));
  return <FilterChoice {...props} what={words.team} choices={teams.data?.items ?? []} onSearch={setText} asked={teams} />;
}

function Nobody({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <EmptyState icon={IconUsers} title={words.noneTitle} text={words.noneText} />;
  return <NoMatch title={words.noneMatch} clear={filterWords.clear} onClear={onClear} />;
}

interface RemoveDialogProps {
  member: Member;
  onClose: () => void;
  onLeave: () => void;
}

function RemoveDialog({ member, onClose, onLeave }: RemoveDialogProps) {
  const remove = useRemoveMember();
  const name = memberName(member);
  return (
    <DeleteDialog
      title={words.removeTitle(name)}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={member._id}
      told={words.removed(name)}
      onClose={onClose}
      onLeave={onLeave}
    />
  );
}
