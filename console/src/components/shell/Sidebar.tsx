// The way to every page of a project: a column, icons alone where it is narrow.
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, memo } from 'react';
import { Link, NavLink } from 'react-router';
import { memberName, sessionQuery } from '../../api/auth';
import { projectsQuery } from '../../api/places';
import { initialsOf } from '../../format/initials';
import { paths } from '../../paths';
import { shell } from '../../strings/shell';
import { words } from '../../strings/shared';
import { Hint } from '../../ui/Hint';
import { afterPaint } from '../../ui/painted';
import { lastPlace } from '../place';
import type { AccountMenuProps } from './AccountMenu';
import { NAVIGATION, type NavigationItem } from './navigation';
import { ProjectPicker } from './ProjectPicker';
import { useNavigation } from './seen';
import classes from './shell.module.css';

const Counts = lazy(afterPaint(() => import('./Counts')));
const AccountMenu = lazy(afterPaint(() => import('./AccountMenu')));

export interface SidebarProps {
  /** Where its links lead; undefined while there is no project. */
  place: { project: string; environment: string } | undefined;
}

function Column({ place }: SidebarProps) {
  const navigation = useNavigation();
  const seesNone = useSeesNoProject(place === undefined);
  return (
    <nav className={classes.sidebar} aria-label={shell.navigation}>
      <Link to={paths.home()} className={classes.logo}>
        <img src="/flagstaff.svg" alt="" width={20} height={20} />
        <span className={classes.wide}>{words.product}</span>
      </Link>
      {place && <ProjectPicker {...place} />}
      {navigation
        .filter(({ isOfAccount = false }) => place !== undefined || (seesNone && isOfAccount))
        .map((group, at) => (
          <div key={at} className={classes.group} role="group" aria-label={group.label}>
            {group.label !== undefined && <div className={`${classes.groupLabel} ${classes.wide}`}>{group.label}</div>}
            {group.items.map((item) => (
              <Item key={item.label} item={item} place={place} />
            ))}
          </div>
        ))}
      <Account />
    </nav>
  );
}

/** Not drawn anew with every page: its links alone follow the address. */
export const Sidebar = memo(Column);

/** Whether there is none that the reader sees, rather than one that is not read yet. */
function useSeesNoProject(isAsked: boolean): boolean {
  const { data } = useQuery({ ...projectsQuery(), enabled: isAsked && lastPlace() === undefined });
  return data?.items.length === 0;
}

function Item({ item, place }: { item: NavigationItem } & SidebarProps) {
  return (
    <Hint label={() => item.label} position="right" classNames={{ tooltip: classes.onlyNarrow }}>
      <NavLink to={item.to(place?.project ?? '', place?.environment ?? '')} className={classes.item}>
        <item.icon size={16} stroke={1.6} aria-hidden />
        <VisuallyHidden>{item.label}</VisuallyHidden>
        <span className={classes.wide} aria-hidden>
          {item.label}
        </span>
        {place && item.counted && (
          <Suspense fallback={null}>
            <Counts of={item.counted} place={place} />
          </Suspense>
        )}
      </NavLink>
    </Hint>
  );
}

/** The bottom bar of a phone: at most four pages, and the way to all others. */
export function BottomBar({ place }: SidebarProps) {
  const items = NAVIGATION.flatMap((group) => group.items).filter((item) => item.onPhone);
  return (
    <nav className={classes.bottomBar} aria-label={shell.navigation}>
      {place &&
        items.slice(0, 4).map((item) => (
          <NavLink key={item.label} to={item.to(place.project, place.environment)} className={classes.tab}>
            <item.icon size={20} stroke={1.6} aria-hidden />
            {item.label}
          </NavLink>
        ))}
      <WithMenu position="top-end" pages={place}>
        <UnstyledButton className={classes.tab}>
          <IconDots size={20} stroke={1.6} aria-hidden />
          {shell.more}
        </UnstyledButton>
      </WithMenu>
    </nav>
  );
}

function Account() {
  const member = useQuery(sessionQuery).data?.member;
  if (member === undefined) return null;
  const name = memberName(member);
  return (
    <WithMenu position="top-start">
      <UnstyledButton className={classes.account}>
        <VisuallyHidden>{`${shell.account}: ${name}`}</VisuallyHidden>
        <span className={classes.avatar} aria-hidden>
          {initialsOf(name)}
        </span>
        <span className={classes.wide} dir="auto" aria-hidden>
          {name}
        </span>
      </UnstyledButton>
    </WithMenu>
  );
}

/** The menu of a button, read after the page has been shown; until then the button stands alone. */
function WithMenu({ children, ...menu }: AccountMenuProps) {
  return (
    <Suspense fallback={children}>
      <AccountMenu {...menu}>{children}</AccountMenu>
    </Suspense>
  );
}
