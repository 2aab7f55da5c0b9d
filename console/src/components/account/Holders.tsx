// Who holds a custom role: members with it, and teams that give it.
import { useQuery } from '@tanstack/react-query';
import { IconUsersGroup } from '@tabler/icons-react';
import { Link } from 'react-router';
import { memberName } from '../../api/auth';
import { memberPageQuery } from '../../api/members';
import type { Role } from '../../api/roles';
import { allTeamsQuery } from '../../api/teams';
import { paths } from '../../paths';
import { memberWords } from '../../strings/members';
import { roleWords as words } from '../../strings/roles';
import { teamWords } from '../../strings/teams';
import { linkTo } from '../../ui/address';
import { Lines, type Line } from '../../ui/Facts';
import { Initials } from '../../ui/Initials';
import { FailureState, LoadingState } from '../../ui/States';

const SHOWN = 20;

const toMembers = (parameters: Record<string, string>) => paths.members() + linkTo(new URLSearchParams(), parameters);

export function Holders({ role }: { role: Role }) {
  const members = useQuery(memberPageQuery({ q: '', role: role.key, team: '', sort: 'displayName' }, 0, SHOWN));
  const teams = useQuery(allTeamsQuery());
  if (members.error) return <FailureState what={memberWords.theMembers} error={members.error} onRetry={members.refetch} />;
  if (teams.error) return <FailureState what={teamWords.theTeams} error={teams.error} onRetry={teams.refetch} />;
  if (!members.data || !teams.data) return <LoadingState rows={2} height={40} />;
  const holding = teams.data.filter((team) => team.roles?.items.some(({ key }) => key === role.key));
  const lines: Line[] = [
    ...holding.map((team) => ({
      key: `team ${team.key}`,
      mark: <IconUsersGroup size={18} stroke={1.6} aria-label={words.team} />,
      main: <Link to={paths.team(team.key)}>{team.name}</Link>,
      side: words.team,
    })),
    ...members.data.items.map((member) => {
      const name = memberName(member);
      return {
        key: member._id,
        mark: <Initials name={name} label={name} />,
        main: <Link to={toMembers({ member: member._id })}>{name}</Link>,
        side: member.email,
      };
    }),
  ];
  if (lines.length === 0) return <span>{words.nobody}</span>;
  return (
    <>
      <Lines label={words.holders} lines={lines} />
      {members.data.totalCount > SHOWN && <Link to={toMembers({ role: role.key })}>{words.allHolders}</Link>}
    </>
  );
}
