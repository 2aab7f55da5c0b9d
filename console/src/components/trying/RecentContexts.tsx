// The contexts that were seen of late and what the flag gives each of them, to pick one from.
import { useQueries, useQuery } from '@tanstack/react-query';
import { explainQuery, recentContextsQuery, type Tried } from '../../api/explaining';
import { ago } from '../../format/time';
import { keysOfContext, type Context } from '../../format/tryContext';
import { tryWords as words } from '../../strings/trying';
import { FailureState, LoadingState } from '../../ui/States';
import { Got } from './Elsewhere';
import classes from './trying.module.css';

export interface RecentContextsProps {
  /** Which flag they are tried with, where and when; nothing of it is unsaved. */
  tried: Omit<Tried, 'context'>;
  /** The context that is tried now. */
  current: Context | undefined;
  onPick: (context: Context) => void;
}

export function RecentContexts({ tried, current, onPick }: RecentContextsProps) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(recentContextsQuery(tried.project, tried.environment));
  const found = data?.items.map((seen) => ({ ...seen, context: seen.context as Context })) ?? [];
  const got = useQueries({ queries: found.map(({ context }) => explainQuery({ ...tried, context })) });
  const shown = JSON.stringify(current);
  return (
    <section aria-label={words.recent} className={classes.recent}>
      <h2>{words.recent}</h2>
      {data?.items.length === 0 && <p className={classes.dim}>{words.noneRecent}</p>}
      {data === undefined && error && <FailureState what={words.theRecent} error={error} onRetry={refetch} />}
      {data === undefined && !error && <LoadingState rows={3} height={32} />}
      {found.map(({ id, context, lastSeen }, place) => {
        const [first = '', ...others] = keysOfContext(context);
        return (
          <button
            key={id}
            type="button"
            className={classes.seen}
            aria-current={JSON.stringify(context) === shown || undefined}
            title={words.seen(ago(Date.parse(lastSeen), dataUpdatedAt))}
            onClick={() => onPick(context)}
          >
            <code>{first}</code>
            <code className={classes.other}>{others.join(' ')}</code>
            <Got flag={got[place]?.data?.flag} isPlain />
          </button>
        );
      })}
    </section>
  );
}
