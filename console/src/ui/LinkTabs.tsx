// The parts of a page as tabs, each with its own address.
import { NavLink } from 'react-router';
import classes from './tabs.module.css';

export interface LinkTab {
  label: string;
  to: string;
  /** How many there are of what it shows. */
  count?: number | undefined;
}

export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end className={classes.tab}>
          {tab.label}
          {tab.count !== undefined && <span className={classes.count}>{tab.count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
