// The newest file of keys: how far it has come, what it left out, and letting it rest.
import { Progress } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SegmentPlace } from '../../api/segments';
import { isLoading, newestImportQuery, useImportState, type Import } from '../../api/transfers';
import { count } from '../../format/number';
import { leftInWords, noteSample, timeLeft, type Sample } from '../../format/pace';
import { segmentWords as words } from '../../strings/segments';
import { GuardedButton } from '../../ui/GuardedButton';
import { Note } from '../../ui/Note';
import { EmptyState } from '../../ui/States';
import { FormFailure } from '../FormFailure';
import { SkippedLines } from './SkippedLines';
import classes from './segments.module.css';

export interface ImportStateProps {
  place: SegmentPlace;
  isEmpty: boolean;
  /** Why the reader may not change its keys. */
  refusal: string | undefined;
}

export function ImportState({ place, isEmpty, refusal }: ImportStateProps) {
  const { data: one, dataUpdatedAt } = useQuery(newestImportQuery(place));
  if (!one) return isEmpty ? <EmptyState icon={IconUpload} title={words.noKeysTitle} text={words.noKeysText} /> : null;
  return (
    <>
      {isLoading(one) || one.status === 'pending_approval' ? <Loading key={one._id} place={place} one={one} at={dataUpdatedAt} refusal={refusal} /> : <Ended one={one} />}
      {one.skipped.count > 0 && <SkippedLines key={one._id} skipped={one.skipped} />}
    </>
  );
}

function Ended({ one }: { one: Import }) {
  if (one.status === 'complete') return <Note tone="good">{words.imported(count(one.progress.total), one.filename, count(one.new))}</Note>;
  if (one.error === '') return <Note tone="info">{words.givenUp(one.filename)}</Note>;
  return <Note tone="bad">{words.importFailed(one.filename, one.error)}</Note>;
}

const ACTS = {
  paused: [{ state: 'running', label: words.goOn }],
  pending_approval: [],
  preparing: [{ state: 'paused', label: words.pause }],
  in_progress: [{ state: 'paused', label: words.pause }],
} as const;

interface LoadingProps {
  place: SegmentPlace;
  one: Import;
  /** When it was seen so. */
  at: number;
  refusal: string | undefined;
}

/** How long it still takes; undefined while that is not known, and while it rests. */
function useTimeLeft({ status, progress: { done, total } }: Import, at: number): string | undefined {
  const [seen, note] = useState<{ at: number; samples: Sample[] }>({ at: 0, samples: [] });
  if (seen.at !== at) note({ at, samples: noteSample(seen.samples, { at, done }, status === 'preparing' || status === 'in_progress') });
  const left = timeLeft(seen.samples, total);
  return left === undefined ? undefined : leftInWords(left);
}

function Loading({ place, one, at, refusal }: LoadingProps) {
  const left = useTimeLeft(one, at);
  const change = useImportState(place, one._id);
  const { done, total } = one.progress;
  const acts = [...ACTS[one.status as keyof typeof ACTS], { state: 'stopped' as const, label: words.giveUp }];
  return (
    <section className={classes.transfer} aria-label={words.importOf(one.filename)} data-paused={one.status === 'paused' || undefined}>
      <div className={classes.transferHead}>
        <b>{one.filename}</b>
        <span className={classes.transferMode}>{words.modeOf[one.mode]}</span>
        <span>
          {words.states[one.status]?.(count(done), count(total)) ?? words.progress(count(done), count(total))}
          {left !== undefined && `, ${left}`}
        </span>
        {acts.map(({ state, label }) => (
          <GuardedButton key={state} size="xs" variant="default" refusal={refusal} loading={change.isPending} onClick={() => change.mutate(state)}>
            {label}
          </GuardedButton>
        ))}
      </div>
      <Progress.Root>
        <Progress.Section value={total === 0 ? 0 : (100 * done) / total} aria-label={words.progress(count(done), count(total))} />
      </Progress.Root>
      <p>
        {one.status !== 'pending_approval' && `${words.newKeys(count(one.new), count(done - one.new))} `}
        {words.atOnce}
        {one.error !== '' && ` ${words.triedAgain(one.error)}`}
      </p>
      <FormFailure error={change.error} />
    </section>
  );
}
