// A remark in its tone: an icon, words, and what one can do about it.
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ui.module.css';

const ICONS = { info: IconInfoCircle, warn: IconAlertTriangle, bad: IconAlertTriangle, good: IconCheck };

export interface NoteProps {
  tone: keyof typeof ICONS;
  children: ReactNode;
  action?: ReactNode;
  icon?: typeof IconCheck;
  /** `alert` interrupts, `status` waits; without one it is only text. */
  role?: 'alert' | 'status' | undefined;
}

export function Note({ tone, children, action, icon, role }: NoteProps) {
  const Icon = icon ?? ICONS[tone];
  return (
    <div className={classes.note} data-tone={tone} role={role}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <div>{children}</div>
      {action}
    </div>
  );
}
