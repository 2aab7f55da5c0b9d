// How many reads of a migration are compared here: set on its own, as no instruction says it, with the review of every change.
import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkRatioQuery } from '../../api/checkRatio';
import type { Flag } from '../../api/flags';
import { MOST, ratioPatch, readRatio } from '../../format/checkRatio';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';
import { FailureState, LoadingState } from '../../ui/States';
import { useAccess } from '../flags/access';
import { FlagReview } from '../flags/FlagReview';
import { useFlagSaving } from '../flags/saving';
import { usePlace } from '../place';
import classes from './targeting.module.css';

export function CheckRatio({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(checkRatioQuery(project.key, environment.key, flag.key));
  const { refusal } = useAccess('here');
  return (
    <section className={`${classes.card} ${classes.checks}`} aria-label={words.checks}>
      <div className={classes.cardHead}>
        <h2>{words.checks}</h2>
      </div>
      {data === undefined && (error ? <FailureState what={words.theRatio} error={error} onRetry={refetch} /> : <LoadingState rows={1} />)}
      {data !== undefined && (
        <Locked isTold refusal={refusal('updateFlagConfigMigrationSettings')}>
          <RatioField key={String(data)} flag={flag} ratio={data ?? undefined} onChanged={() => void refetch()} />
        </Locked>
      )}
    </section>
  );
}

interface RatioFieldProps {
  flag: Flag;
  ratio: number | undefined;
  onChanged: () => void;
}

function RatioField({ flag, ratio, onChanged }: RatioFieldProps) {
  const { project, environment } = usePlace();
  const [typed, setTyped] = useState<string | number>(ratio ?? '');
  const [isReviewed, setReviewed] = useState(false);
  const { save, tellSaved } = useFlagSaving(project.key, flag, environment);
  const document = ratioPatch(environment.key, ratio, readRatio(typed));
  const onSaved = (saved: Flag) => {
    setReviewed(false);
    onChanged();
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
        onChange={setTyped}
      />
      {document.length > 0 && (
        <div>
          <Button onClick={() => setReviewed(true)}>{words.reviewRatio}</Button>
        </div>
      )}
      {isReviewed && (
        <FlagReview
          change={{ project: project.key, environment: environment.key, flag: flag.key, instructions: [], document }}
          subject={flag.name}
          environment={environment}
          save={save}
          onClose={() => setReviewed(false)}
          onSaved={onSaved}
        />
      )}
    </div>
  );
}
