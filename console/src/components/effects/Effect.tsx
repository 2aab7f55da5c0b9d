// What a change would have done to the contexts seen of late: how many get what instead of what, and by which step.
import { Button } from '@mantine/core';
import type { Effect as Measured } from '../../api/effects';
import { present } from '../../format/failure';
import { count, counted } from '../../format/number';
import { effectWords as words } from '../../strings/effect';
import { words as shared } from '../../strings/shared';
import { Note } from '../../ui/Note';
import { MovedFlag, type Changed } from './MovedFlag';
import classes from './effects.module.css';

export interface EffectProps {
  /** The answer, or what it waits for. */
  effect: { data?: Measured | undefined; error: unknown; refetch: () => unknown };
  /** Where the contexts were seen, if the change is about more than that. */
  environment?: string | undefined;
  /** What is changed, if it is a flag: its key, and its variations afterwards. */
  flag?: Changed | undefined;
}

export function Effect({ effect: { data, error, refetch }, environment, flag }: EffectProps) {
  if (error !== null && error !== undefined) return <Unknown why={present(error).message} onRetry={refetch} />;
  return (
    <section className={classes.effect} aria-label={words.title}>
      <div className={classes.head}>
        <h3>{words.title}</h3>
        <span className={classes.dim}>{environment === undefined ? words.window : words.windowIn(environment)}</span>
      </div>
      {data === undefined ? (
        <p className={classes.computing} role="status">
          {words.computing}
        </p>
      ) : (
        <Answer data={data} flag={flag} />
      )}
    </section>
  );
}

/** Where it cannot be told: why, and the other way there is. */
function Unknown({ why, onRetry }: { why: string; onRetry?: () => unknown }) {
  const retry = onRetry && (
    <Button size="xs" variant="default" onClick={() => void onRetry()}>
      {shared.tryAgain}
    </Button>
  );
  return (
    <Note tone="warn" role="status" action={retry}>
      {words.unknown(why)}
    </Note>
  );
}

function Answer({ data, flag }: { data: Measured; flag: Changed | undefined }) {
  const { total, sampled, moreFlags } = data;
  const moved = data.flags.filter((one) => one.moved > 0);
  const isSample = sampled < total;
  return (
    <>
      {total === 0 && <p role="status">{words.nobodySeen}</p>}
      {total > 0 && moved.length === 0 && <p role="status">{words.nobodyMoves(counted(total, 'context'))}</p>}
      {moved.map((one) => (
        <MovedFlag key={one.key} moved={one} total={total} isSample={isSample} changed={one.key === flag?.key ? flag : undefined} />
      ))}
      {isSample && <p className={classes.dim}>{words.sampled(count(sampled))}</p>}
      {moreFlags > 0 && <p className={classes.dim}>{words.moreFlags(moreFlags)}</p>}
    </>
  );
}
