// Short words about what has happened, with undo; nothing one has to act on.
import type { NotificationData } from '@mantine/notifications';
import { present } from '../format/failure';
import { words } from '../strings/shared';
import classes from './toast.module.css';

/** What shows them comes after the page has been shown (Toasts.tsx). */
const read = () => import('@mantine/notifications');
const show = (told: NotificationData) => void read().then(({ notifications }) => notifications.show(told));
const hide = (id: string) => void read().then(({ notifications }) => notifications.hide(id));

const UNDO_WITHIN = 10_000; // milliseconds
let toasts = 0;
let undoLast: (() => void) | undefined;
const shown = new Map<string, string>(); // the latest about each thing

/** `undo` makes the reverse change; it is offered for ten seconds, also by its key, or until the next change of the same thing. */
export function tellDone(message: string, undo?: () => unknown, thing = ''): void {
  const id = `done-${++toasts}`;
  const before = shown.get(thing);
  if (before !== undefined) hide(before);
  if (thing !== '') shown.set(thing, id);
  const run = () => {
    hide(id);
    undoLast = undefined;
    void undo?.();
  };
  undoLast = undo && run;
  show({
    id,
    autoClose: UNDO_WITHIN,
    withCloseButton: false,
    classNames: { root: classes.toast, body: classes.body, description: classes.words },
    onClose: () => {
      if (undoLast === run) undoLast = undefined;
    },
    message: (
      <>
        <span>{message}</span>
        {undo && (
          <button type="button" className={classes.undo} onClick={run}>
            {words.undo}
          </button>
        )}
      </>
    ),
  });
}

/** For what was done in the background only: forms and panels show their failures themselves. */
export function tellFailed(what: string, error: unknown): void {
  const { message, request } = present(error);
  show({
    role: 'alert',
    autoClose: false,
    classNames: { root: classes.toast, body: classes.body, description: classes.words },
    message: <span>{[`${what}. ${message}`, request && words.requestId(request)].filter(Boolean).join(' ')}</span>,
  });
}

/** Undoes what was told last, if it still can be. */
export function undoToast(): void {
  undoLast?.();
}
