// What stands where data would: nothing yet, not loaded, still loading.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconQuestionMark, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Failure, present } from '../format/failure';
import { words } from '../strings/shared';
import { useDelayed } from './delayed';
import classes from './ui.module.css';

const SHOWN_AFTER = 150; // milliseconds
const SLOW_AFTER = 5000;

export interface EmptyStateProps {
  icon?: Icon;
  title: string;
  /** One line on what will stand here. */
  text?: ReactNode;
  /** One button. */
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {Icon && (
        <span className={classes.emptyIcon} aria-hidden>
          <Icon size={20} stroke={1.6} />
        </span>
      )}
      <strong>{title}</strong>
      {text !== undefined && <p>{text}</p>}
      {action !== undefined && <div className={classes.emptyAction}>{action}</div>}
    </div>
  );
}

export interface FailureStateProps {
  what: string;
  error: unknown;
  onRetry?: () => unknown;
}

/** What failed (“the flags”), why, and trying again, or what is missing to see it; the rest of the page goes on working. */
export function FailureState({ what, error, onRetry }: FailureStateProps) {
  const { message, request } = present(error);
  if (error instanceof Failure && (error.status === 403 || error.status === 404)) {
    const isGone = error.status === 404;
    return (
      <EmptyState
        icon={isGone ? IconQuestionMark : IconLock}
        title={isGone ? words.notFound(what) : words.notPermitted(what)}
        text={<Unseen why={isGone ? words.goneText : error.denied.length > 0 ? message : words.askAnAdmin} request={request} />}
      />
    );
  }
  return (
    <div className={classes.failure} role="alert">
      <h2>
        <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        {words.couldNotLoad(what)}
      </h2>
      <p>{message}</p>
      <div className={classes.row}>
        {onRetry && (
          <Button variant="default" onClick={() => void onRetry()}>
            {words.tryAgain}
          </Button>
        )}
        {request !== '' && <span className={classes.mono}>{words.requestId(request)}</span>}
      </div>
    </div>
  );
}

const Unseen = ({ why, request }: { why: string; request: string }) => (
  <>
    {why} {request !== '' && <span className={classes.mono}>{words.requestId(request)}</span>}
  </>
);

/** Grey bars of the size of what comes; nothing for the first moment, and words when it takes long. */
export function LoadingState({ rows = 3, height = 48 }: { rows?: number; height?: number }) {
  const isShown = useDelayed(true, SHOWN_AFTER);
  const isSlow = useDelayed(true, SLOW_AFTER);
  return (
    <div role="status" aria-label={words.loading} style={{ minHeight: rows * height }}>
      {isSlow && <p>{words.slow}</p>}
      {isShown &&
        Array.from({ length: rows }, (_, row) => (
          <div key={row} style={{ height, display: 'flex', alignItems: 'center' }}>
            <div className={classes.bar} style={{ width: `${30 + ((row * 17) % 40)}%` }} />
          </div>
        ))}
    </div>
  );
}
