// The plain frame of pages outside a session: signing in, accepting an invitation, choosing a password.
import type { ReactNode } from 'react';
import { words } from '../strings/shared';
import classes from './door.module.css';

export function DoorPage({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <title>{`${title}, ${words.product}`}</title>
      <div className={classes.card}>
        <div className={classes.logo}>
          <img src="/flagstaff.svg" alt="" width={24} height={24} />
          <span>{words.product}</span>
        </div>
        <h1>{title}</h1>
        {text !== undefined && <p>{text}</p>}
        {children}
      </div>
    </main>
  );
}
