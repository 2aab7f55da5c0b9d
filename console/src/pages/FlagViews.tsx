// The reader's views of the list of flags, kept for each project.
import { useClipboard } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import { useNavigate } from 'react-router';
import { sessionQuery } from '../api/auth';
import { ViewTabs } from '../components/flags/list/ViewTabs';
import { usePlace } from '../components/place';
import { queryOf, readViews, renamed, viewsName, withView, type FlagView } from '../format/flagViews';
import { paths } from '../paths';
import { viewWords as words } from '../strings/flagViews';
import { useAddress } from '../ui/address';
import { useKept } from '../ui/kept';
import { tellDone } from '../ui/toast';
import { readLate } from '../ui/readLate';

const FlagViewForm = lazy(() => readLate(() => import('../forms/FlagViewForm')));

export function FlagViews() {
  const { project, environment } = usePlace();
  const member = useQuery(sessionQuery).data?.member._id ?? '';
  const [views, keep] = useKept(viewsName(member, project.key), readViews);
  const [search] = useAddress();
  const navigate = useNavigate();
  const clipboard = useClipboard();
  const [last, setLast] = useState<FlagView>(); // the one that was opened last: its name is proposed
  const [naming, setNaming] = useState<{ renames?: FlagView }>();
  const now = queryOf(search);
  const shown = views.find(({ query }) => query === now);
  if (shown !== undefined && shown !== last) setLast(shown);
  const actsOf = (view: FlagView) => [
    { label: words.rename, run: () => setNaming({ renames: view }) },
    {
      label: words.copyLink,
      run: () => {
        clipboard.copy(`${location.origin}${paths.flags(project.key, environment.key)}?${view.query}`);
        tellDone(words.linkCopied);
      },
    },
    {
      label: words.remove,
      run: () => {
        keep(views.filter((one) => one !== view));
        tellDone(words.removed(view.name), () => keep(views));
        void navigate({ search: '' });
      },
    },
  ];
  const name = (called: string) => {
    keep(naming?.renames ? renamed(views, naming.renames, called) : withView(views, { name: called, query: now }));
    setNaming(undefined);
    tellDone(words.saved(called));
  };
  return (
    <>
      <ViewTabs member={member} views={views} search={search} actsOf={actsOf} onSave={() => setNaming({})} />
      {naming && (
        <Suspense fallback={null}>
          <FlagViewForm
            views={views}
            renames={naming.renames}
            proposed={naming.renames?.name ?? (last && views.includes(last) ? last.name : '')}
            onName={name}
            onClose={() => setNaming(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
