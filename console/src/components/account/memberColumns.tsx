// The columns of the list of members.
import type { ColumnDef } from '@tanstack/react-table';
import { memberName } from '../../api/auth';
import type { Member } from '../../api/members';
import { rolesOf, type NamedRole } from '../../format/members';
import { memberWords as words } from '../../strings/members';
import { RelativeTime } from '../../ui/RelativeTime';
import { RowMenu } from '../../ui/RowMenu';
import { NameCell } from '../NameCell';

const TEAMS_SHOWN = 2;

export interface MemberActs {
  /** Those that the reader sees. */
  roles: readonly NamedRole[];
  /** The address of a member's panel. */
  open: (member: Member) => string;
  edit: (member: Member) => void;
  remove: (member: Member) => void;
  /** Why the reader may take nobody out. */
  removal: string | undefined;
}

export function memberColumns({ roles, open, edit, remove, removal }: MemberActs): ColumnDef<Member>[] {
  return [
    {
      id: 'member',
      header: words.member,
      meta: { track: 'minmax(150px, 2fr)' },
      cell: ({ row: { original: member } }) => (
        <NameCell
          name={memberName(member)}
          resourceKey={member.email}
          tags={member._pendingInvite ? [words.invited] : []}
          to={open(member)}
        />
      ),
    },
    {
      id: 'role',
      header: words.role,
      meta: { track: 'minmax(96px, 1.5fr)' },
      cell: ({ row: { original: member } }) => rolesOf(member, roles),
    },
    {
      id: 'teams',
      header: words.teams,
      meta: { track: 'minmax(120px, 1fr)', hideOn: 'phone' },
      cell: ({ row: { original: member } }) => teamsOf(member),
    },
    {
      id: 'seen',
      header: words.lastSeen,
      meta: { track: '90px', align: 'end', hideOn: 'phone' },
      cell: ({ row: { original: member } }) =>
        member._lastSeen > 0 ? <RelativeTime short at={member._lastSeen} /> : words.never,
    },
    {
      id: 'acts',
      header: words.acts,
      meta: { track: '36px', align: 'end', isPlain: true },
      cell: ({ row: { original: member } }) => (
        <RowMenu
          label={words.actions(memberName(member))}
          acts={[
            { label: words.change, run: () => edit(member) },
            { label: words.remove, run: () => remove(member), refusal: removal },
          ]}
        />
      ),
    },
  ];
}

function teamsOf({ teams = [] }: Member): string {
  const shown = teams.slice(0, TEAMS_SHOWN).map((team) => team.name).join(', ');
  return teams.length > TEAMS_SHOWN ? `${shown} ${words.moreTeams(teams.length - TEAMS_SHOWN)}` : shown;
}
