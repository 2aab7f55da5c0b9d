// The contexts that were seen of late, to pick one from.
import { useQuery } from '@tanstack/react-query';
import { recentContextsQuery } from '../../api/explaining';
import { keysOfContext, type Context } from '../../format/tryContext';
import { tryWords as words } from '../../strings/trying';
import { RelativeTime } from '../../ui/RelativeTime';
import { FailureState, LoadingState } from '../../ui/States';
import { usePlace } from '../place';
import classes from './trying.module.css';

export function RecentContexts({ onPick }: { onPick: (context: Context) => void }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(recentContextsQuery(project.key, environment.key));
  return (
    <section aria-label={words.recent} className={classes.recent}>
      <h2>{words.recent}</h2>
      {data?.items.length === 0 && <p className={classes.dim}>{words.noneRecent}</p>}
      {data === undefined && error && <FailureState what={words.theRecent} error={error} onRetry={refetch} />}
      {data === undefined && !error && <LoadingState rows={3} height={32} />}
      {data?.items.map(({ id, context, lastSeen }) => {
        const [first = '', ...others] = keysOfContext(context);
        return (
          <button key={id} type="button" className={classes.seen} onClick={() => onPick(context as Context)}>
            <code>{first}</code>
            <code className={classes.other}>{others.join(' ')}</code>
            <RelativeTime short at={Date.parse(lastSeen)} />
          </button>
        );
      })}
    </section>
  );
}
