// `/account/teams/{t}?q&add`: who is in a team; adding by name or by a file, and taking out.
import { IconUpload, IconUserPlus, IconUsers } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useRefusal } from '../api/may';
import { memberName } from '../api/auth';
import { memberPageQuery, type Member } from '../api/members';
import { useChangeTeam, type Team } from '../api/teams';
import { useTeam } from '../components/account/team';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { counted } from '../format/number';
import { TeamPeopleForm } from '../forms/TeamPeopleForm';
import { TeamUploadForm } from '../forms/TeamUploadForm';
import { paths } from '../paths';
import { memberWords } from '../strings/members';
import { teamWords as words } from '../strings/teams';
import { linkTo, useAddress } from '../ui/address';
import { Dialog } from '../ui/Dialog';
import { GuardedButton } from '../ui/GuardedButton';
import { Keys } from '../ui/KeyPill';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { useShortcuts } from '../ui/shortcuts';
import { EmptyState } from '../ui/States';
import { tellDone } from '../ui/toast';
import classes from './account.module.css';

export default function TeamMembersPage() {
  const team = useTeam();
  const { text, settled, setText } = useFilterText();
  const [search, change] = useAddress();
  const view = { q: settled, role: '', team: team.key, sort: 'displayName' };
  const pages = usePages<Member>((offset, limit) => memberPageQuery(view, offset, limit), team.key);
  const refusal = useRefusal('updateTeamMembers', `team/${team.key}`);
  const remove = useRemoving(team);
  const columns = useMemo(() => columnsOf(remove, refusal), [remove, refusal]);
  const add = (what: string | undefined) => change({ add: what });
  useShortcuts(refusal === undefined ? [{ keys: 'c', label: words.addMembers, run: () => add('members') }] : []);
  return (
    <div className={classes.filling}>
      <div className={classes.bar}>
        <FilterBar label={memberWords.filter} text={text} onChange={setText} summary={counted(pages.known, 'member')}>
          <GuardedButton
            size="xs"
            leftSection={<IconUserPlus size={14} />}
            rightSection={<Keys keys="c" />}
            refusal={refusal}
            onClick={() => add('members')}
          >
            {words.addMembers}
          </GuardedButton>
          <GuardedButton
            size="xs"
            variant="default"
            leftSection={<IconUpload size={14} />}
            refusal={refusal}
            onClick={() => add('file')}
          >
            {words.upload}
          </GuardedButton>
        </FilterBar>
      </div>
      <PagedTable
        pages={pages}
        what={memberWords.theMembers}
        label={words.members}
        columns={columns}
        rowKey={(member) => member._id}
        empty={
          settled === '' ? (
            <EmptyState icon={IconUsers} title={words.nobodyTitle} text={words.nobodyText} />
          ) : (
            <EmptyState title={memberWords.noneMatch} />
          )
        }
      />
      {search.get('add') === 'members' && refusal === undefined && (
        <Dialog title={words.addMembers} onClose={() => add(undefined)} closesOutside={false}>
          <TeamPeopleForm
            team={team}
            act={words.addMembers}
            step={(values) => ({ kind: 'addMembers', values })}
            onDone={() => add(undefined)}
          />
        </Dialog>
      )}
      {search.get('add') === 'file' && refusal === undefined && (
        <Dialog title={words.upload} onClose={() => add(undefined)} closesOutside={false}>
          <TeamUploadForm team={team} onDone={() => add(undefined)} />
        </Dialog>
      )}
    </div>
  );
}

/** Takes a member out at once; putting back is the undo. */
function useRemoving(team: Team) {
  const { mutate } = useChangeTeam(team.key);
  return useMemo(
    () => (member: Member) => {
      const name = memberName(member);
      const putBack = () => mutate([{ kind: 'addMembers', values: [member._id] }], { notDone: words.notAdded(name) });
      mutate([{ kind: 'removeMembers', values: [member._id] }], {
        onSuccess: () => tellDone(words.removedMember(name, team.name), putBack),
        notDone: words.notRemoved(name),
      });
    },
    [mutate, team.name],
  );
}

function columnsOf(remove: (member: Member) => void, refusal: string | undefined): ColumnDef<Member>[] {
  return [
    {
      id: 'member',
      header: memberWords.member,
      meta: { track: 'minmax(160px, 2fr)' },
      cell: ({ row: { original: member } }) => (
        <NameCell
          name={memberName(member)}
          resourceKey={member.email}
          tags={member._pendingInvite ? [memberWords.invited] : []}
          to={paths.members() + linkTo(new URLSearchParams(), { member: member._id })}
        />
      ),
    },
    {
      id: 'role',
      header: memberWords.role,
      meta: { track: 'minmax(90px, 1fr)', hideOn: 'phone' },
      cell: ({ row: { original: member } }) => memberWords.roles[member.role] ?? member.role,
    },
    {
      id: 'seen',
      header: memberWords.lastSeen,
      meta: { track: '90px', align: 'end', hideOn: 'phone' },
      cell: ({ row: { original: member } }) =>
        member._lastSeen > 0 ? <RelativeTime short at={member._lastSeen} /> : memberWords.never,
    },
    {
      id: 'acts',
      header: memberWords.acts,
      meta: { track: '36px', align: 'end', isPlain: true },
      cell: ({ row: { original: member } }) => (
        <RowMenu
          label={memberWords.actions(memberName(member))}
          acts={[{ label: words.removeMember, run: () => remove(member), refusal }]}
        />
      ),
    },
  ];
}
