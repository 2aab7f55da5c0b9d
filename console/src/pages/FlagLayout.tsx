// The frame of the pages of a flag, `/{p}/{e}/flags/{f}/...`: its name, key and tabs, once for all of them;
// in a wide window with the list beside them.
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { Outlet, useLocation, useParams } from 'react-router';
import { flagQuery } from '../api/flags';
import { FlagContext } from '../components/flags/flag';
import { FlagKeys } from '../components/flags/FlagKeys';
import classes from '../components/flags/beside/beside.module.css';
import { lastView } from '../components/flags/list/lastView';
import { FLAG_TABS, type FlagTab } from '../components/flags/tabs';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { keyOf, paths } from '../paths';
import { flagWords } from '../strings/flags';
import { flagTabWords } from '../strings/flagTabs';
import { targetingWords as words } from '../strings/targeting';
import { LinkTabs } from '../ui/LinkTabs';
import { FailureState, LoadingState } from '../ui/States';
import { readLate } from '../ui/readLate';

const FlagsBeside = lazy(() => readLate(() => import('../components/flags/beside/FlagsBeside')));
const WIDE = '(min-width: 110em)';

export default function FlagLayout() {
  const key = keyOf(useParams().flag ?? '');
  const { pathname } = useLocation();
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const tab = FLAG_TABS.find(({ path }) => path !== '' && pathname.endsWith(`/${path}`));
  if (!isWide) return <OneFlag flagKey={key} tab={tab} />;
  return (
    <div className={classes.both}>
      <Suspense fallback={<div className={classes.list} />}>
        <FlagsBeside current={key} tab={tab?.path ?? ''} />
      </Suspense>
      <div key={key} className={classes.flag}>
        <OneFlag flagKey={key} tab={tab} />
      </div>
    </div>
  );
}

function OneFlag({ flagKey: key, tab: shown }: { flagKey: string; tab: FlagTab | undefined }) {
  const { project, environment } = usePlace();
  const { data: flag, error, refetch } = useQuery(flagQuery(project.key, key));
  const view = lastView(project.key);
  const trail = [{ label: flagWords.flags, to: paths.flags(project.key, environment.key) + (view && `?${view}`) }];
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
  return (
    <Page
      title={flag.name}
      {...(shown && { part: shown.label })}
      environment={environment.name}
      trail={trail}
      resourceKey={flag.key}
      tags={flag.tags}
      description={flag.description}
      below={<LinkTabs label={flagTabWords.tabs} tabs={tabs} />}
    >
      <FlagContext value={flag}>
        <FlagKeys />
        <Outlet />
      </FlagContext>
    </Page>
  );
}
