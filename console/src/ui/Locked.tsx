// Controls that the reader may not use: they are shown as they are, disabled, with the reason.
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Note } from './Note';
import classes from './ui.module.css';

export interface LockedProps {
  /** Why they may not be used; without it they may. */
  refusal: string | undefined;
  /** The reason stands above already, for all of a page: here it is in the tooltip only. */
  isTold?: boolean;
  children: ReactNode;
}

export function Locked({ refusal, isTold = false, children }: LockedProps) {
  return (
    <>
      {!isTold && <Refusal why={refusal} />}
      <fieldset disabled={refusal !== undefined} className={isTold ? classes.guard : classes.locked} title={isTold ? refusal : undefined}>
        {children}
      </fieldset>
    </>
  );
}

/** The reason for what is disabled; nothing without one. */
export function Refusal({ why }: { why: string | undefined }) {
  if (why === undefined) return null;
  return (
    <div className={classes.why}>
      <Note tone="info" icon={IconLock}>
        {why}
      </Note>
    </div>
  );
}
