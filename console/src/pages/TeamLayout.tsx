// `/account/teams/{t}/...`: the frame of the pages of a team.
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from 'react-router';
import { teamQuery } from '../api/teams';
import { Page } from '../components/Page';
import { paths } from '../paths';
import { teamWords as words } from '../strings/teams';
import { LinkTabs } from '../ui/LinkTabs';
import { FailureState, LoadingState } from '../ui/States';

const TRAIL = [{ label: words.teams, to: paths.teams() }];

export default function TeamLayout() {
  const { team: key = '' } = useParams();
  const { data: team, error, refetch } = useQuery(teamQuery(key));
  if (team === undefined) {
    return (
      <Page title={key} trail={TRAIL}>
        {error ? <FailureState what={words.theTeam(key)} error={error} onRetry={refetch} /> : <LoadingState rows={5} />}
      </Page>
    );
  }
  const tabs = [
    { label: words.members, to: paths.team(key), count: team.members?.totalCount },
    { label: words.access, to: paths.teamAccess(key) },
  ];
  return (
    <Page
      title={team.name}
      trail={TRAIL}
      resourceKey={team.key}
      description={team.description}
      below={<LinkTabs label={words.views} tabs={tabs} />}
      isFilling
    >
      <Outlet context={team} key={team.key} />
    </Page>
  );
}
