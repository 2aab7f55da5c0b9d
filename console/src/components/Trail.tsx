// Where a page stands: “Flags › Checkout redesign”, drawn into the top bar of the frame.
import { Portal } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import { words } from '../strings/shared';
import classes from './page.module.css';

export interface Crumb {
  label: string;
  to: string;
}

/** The element of the top bar that holds it. */
export const TRAIL = 'trail';

export function Trail({ trail, title }: { trail: Crumb[]; title: string }) {
  return (
    <Portal target={`#${TRAIL}`}>
      <nav aria-label={words.trail} className={classes.trail}>
        {trail.map(({ label, to }) => (
          <span key={to} className={classes.crumb}>
            <Link to={to}>{label}</Link>
            <IconChevronRight size={14} stroke={1.6} aria-hidden />
          </span>
        ))}
        <span className={classes.here} aria-current="page" dir="auto">
          {title}
        </span>
      </nav>
    </Portal>
  );
}
