// How many reads of a migration are compared here: set on its own, as no instruction says it, with the review of every change.
import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Flag } from '../../api/flags';
import { wholeFlagQuery } from '../../api/wholeFlag';
import { MOST, ratioOf, ratioPatch, readRatio } from '../../format/checkRatio';
import { targetingWords as words } from '../../strings/targeting';
import { useDraft } from '../../ui/draft';
import { Locked } from '../../ui/Locked';
import { FailureState, LoadingState } from '../../ui/States';
import { tellDone } from '../../ui/toast';
import { useAccess } from '../flags/access';
import { FlagReview } from '../flags/FlagReview';
import { useFlagSaving } from '../flags/saving';
import { usePlace } from '../place';
import { useReviewing } from '../reviewing';
import classes from './targeting.module.css';

export function CheckRatio({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(wholeFlagQuery(project.key, flag.key));
  const { refusal } = useAccess('here');
  return (
    <section className={`${classes.card} ${classes.checks}`} aria-label={words.checks}>
      <div className={classes.cardHead}>
        <h2>{words.checks}</h2>
      </div>
      {data === undefined && (error ? <FailureState what={words.theRatio} error={error} onRetry={refetch} /> : <LoadingState rows={1} />)}
      {data !== undefined && (
        <Locked isTold refusal={refusal('updateFlagConfigMigrationSettings')}>
          <RatioField flag={flag} ratio={ratioOf(data, environment.key)} onChanged={refetch} />
        </Locked>
      )}
    </section>
  );
}

interface RatioFieldProps {
  flag: Flag;
  ratio: number | undefined;
  /** Done once what was saved is known here. */
  onChanged: () => Promise<unknown>;
}

function RatioField({ flag, ratio, onChanged }: RatioFieldProps) {
  const { project, environment } = usePlace();
  const draft = useDraft<string | number | null>(`check-ratio:${project.key}/${environment.key}/${flag.key}`, null);
  const review = useReviewing('ratio');
  const { save, tellSaved } = useFlagSaving(project.key, flag, environment);
  const typed = draft.value ?? ratio ?? '';
  const document = ratioPatch(environment.key, ratio, readRatio(typed));
  const onSaved = (saved: Flag) => {
    void onChanged().then(draft.clear);
    tellSaved(saved);
  };
  return (
    <div className={classes.fields}>
      <NumberInput
        label={words.ratio}
        description={words.ratioHint}
        inputWrapperOrder={['label', 'input', 'description']}
        placeholder={words.ratioOfSdk}
        min={0}
        max={MOST}
        clampBehavior="strict"
        hideControls
        classNames={{ input: classes.ratio }}
        allowDecimal={false}
        allowNegative={false}
        value={typed}
        onChange={(next) => (readRatio(next) === ratio ? draft.clear() : draft.set(next))}
      />
      {document.length > 0 && (
        <div className={classes.outcome}>
          <Button onClick={review.open}>{words.reviewRatio}</Button>
          <Button variant="subtle" color="gray" onClick={() => tellDone(words.discarded, draft.discard())}>
            {words.discard}
          </Button>
        </div>
      )}
      {review.isOpen && document.length > 0 && (
        <FlagReview
          change={{ project: project.key, environment: environment.key, flag: flag.key, instructions: [], document }}
          subject={flag.name}
          environment={environment}
          save={save}
          onClose={review.close}
          onSaved={onSaved}
        />
      )}
    </div>
  );
}
