// The frame of the pages of a flag, `/{p}/{e}/flags/{f}/...`: its name, key and tabs, once for all of them.
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { flagQuery } from '../api/flags';
import { FlagContext } from '../components/flags/flag';
import { FLAG_TABS } from '../components/flags/tabs';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { keyOf, paths } from '../paths';
import { comparisonWords } from '../strings/comparison';
import { flagWords } from '../strings/flags';
import { flagTabWords } from '../strings/flagTabs';
import { targetingWords as words } from '../strings/targeting';
import { LinkTabs } from '../ui/LinkTabs';
import { useShortcuts } from '../ui/shortcuts';
import { FailureState, LoadingState } from '../ui/States';

export default function FlagLayout() {
  const { project, environment } = usePlace();
  const key = keyOf(useParams().flag ?? '');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const compare = () => void navigate(paths.flag(project.key, environment.key, key, 'environments'));
  useShortcuts([{ keys: 'g e', label: comparisonWords.shortcut, run: compare }]);
  const { data: flag, error, refetch } = useQuery(flagQuery(project.key, key));
  const trail = [{ label: flagWords.flags, to: paths.flags(project.key, environment.key) }];
  if (flag === undefined) {
    return (
      <Page title={key} environment={environment.name} trail={trail}>
        {error ? <FailureState what={words.theFlag(key)} error={error} onRetry={refetch} /> : <LoadingState rows={5} />}
      </Page>
    );
  }
  const tabs = FLAG_TABS.map(({ path, label, count }) => ({
    label,
    to: paths.flag(project.key, environment.key, key, path),
    count: count?.(flag),
  }));
  const part = FLAG_TABS.find(({ path }) => path !== '' && pathname.endsWith(`/${path}`));
  return (
    <Page
      title={flag.name}
      {...(part && { part: part.label })}
      environment={environment.name}
      trail={trail}
      resourceKey={flag.key}
      tags={flag.tags}
      description={flag.description}
      below={<LinkTabs label={flagTabWords.tabs} tabs={tabs} />}
    >
      <FlagContext value={flag}>
        <Outlet />
      </FlagContext>
    </Page>
  );
}
