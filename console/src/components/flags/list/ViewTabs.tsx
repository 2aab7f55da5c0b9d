// The views of the list of flags beside each other: those that everybody has, and the reader's own.
import { Suspense, lazy } from 'react';
import { Link } from 'react-router';
import { queryOf, type FlagView } from '../../../format/flagViews';
import { viewWords as words } from '../../../strings/flagViews';
import type { RowAct } from '../../../ui/RowMenu';
import classes from '../../../ui/tabs.module.css';
import own from './list.module.css';
import { readLate } from '../../../ui/readLate';

// Only a view of one's own has a menu.
const RowMenu = lazy(() => readLate(async () => ({ default: (await import('../../../ui/RowMenu')).RowMenu })));

export interface ViewTabsProps {
  /** The id of the reader, whose flags are “mine”. */
  member: string;
  views: readonly FlagView[];
  search: URLSearchParams;
  actsOf: (view: FlagView) => RowAct[];
  onSave: () => void;
}

type KnownView = FlagView & { hint?: string };

const usual = (member: string): KnownView[] => [
  { name: words.all, query: '' },
  { name: words.mine, query: queryOf(new URLSearchParams({ maintainer: member })) },
  { name: words.launched, query: 'status=launched', hint: words.launchedHint },
  { name: words.inactive, query: 'status=inactive', hint: words.inactiveHint },
  { name: words.archived, query: 'archived=true' },
];

export function ViewTabs({ member, views, search, actsOf, onSave }: ViewTabsProps) {
  const now = queryOf(search);
  const known: KnownView[] = [...usual(member), ...views];
  return (
    <nav aria-label={words.views} className={classes.tabs}>
      {known.map((view, place) => {
        const isShown = view.query === now;
        const isOwn = views.includes(view);
        return (
          <span key={place} className={own.view}>
            <Link
              to={{ search: view.query }}
              aria-current={isShown ? 'page' : undefined}
              className={classes.tab}
              title={view.hint}
              dir="auto"
            >
              <span className={own.viewName}>{view.name}</span>
            </Link>
            {isOwn && isShown && (
              <Suspense fallback={null}>
                <RowMenu label={words.acts(view.name)} acts={actsOf(view)} />
              </Suspense>
            )}
          </span>
        );
      })}
      {known.every(({ query }) => query !== now) && (
        <button type="button" className={`${classes.tab} ${own.saveView}`} onClick={onSave}>
          {words.save}
        </button>
      )}
    </nav>
  );
}
