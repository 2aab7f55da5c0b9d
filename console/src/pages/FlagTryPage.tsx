// `.../flags/{f}/try?context&at`: what a context gets from a flag, now or in the past, and why, step by step.
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconLink, IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { explainQuery, type Tried } from '../api/explaining';
import { useFlag } from '../components/flags/flag';
import { usePlace } from '../components/place';
import { useTargetingDraft } from '../components/targeting/drafts';
import { AsOf } from '../components/trying/AsOf';
import { ContextForm } from '../components/trying/ContextForm';
import { Elsewhere, Got } from '../components/trying/Elsewhere';
import { TriedKinds } from '../components/trying/ExplainedClauses';
import { ExplainedFlag } from '../components/trying/ExplainedFlag';
import { PastNote } from '../components/trying/PastNote';
import { RecentContexts } from '../components/trying/RecentContexts';
import classes from '../components/trying/trying.module.css';
import { tellReason } from '../format/explanation';
import { readMoment } from '../format/moment';
import { kindsOfContext, readContext, type Context } from '../format/tryContext';
import { words as shared } from '../strings/shared';
import { tryWords as words } from '../strings/trying';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import { useAddress } from '../ui/address';

export default function FlagTryPage() {
  const { project, environment } = usePlace();
  const flag = useFlag();
  const [search, change] = useAddress();
  const text = search.get('context') ?? '';
  const { context } = readContext(text);
  const moment = readMoment(search.get('at') ?? '');
  const setMoment = (at: string) => change({ at });
  const asked = { project: project.key, environment: environment.key, flag: flag.key, instructions: [], moment };
  const tryOne = (next: Context) => change({ context: JSON.stringify(next) });
  return (
    <div className={classes.sides}>
      <div className={classes.left}>
        <ContextForm key={text} draft={`try:${project.key}/${environment.key}`} address={text} initial={context} onEvaluate={tryOne} />
        <RecentContexts tried={asked} current={context} onPick={tryOne} />
      </div>
      <section className={classes.right} aria-label={words.result}>
        <div className={classes.resultHead}>
          <AsOf flag={flag} moment={moment} onChoose={setMoment} />
          {context !== undefined && <CopyLink />}
        </div>
        {context === undefined ? (
          <EmptyState icon={IconUserSearch} title={words.start} text={words.startText} />
        ) : (
          <Result key={environment.key} tried={{ ...asked, context }} onNow={() => setMoment('')} />
        )}
      </section>
    </div>
  );
}

function CopyLink() {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconLink size={14} stroke={1.6} />}
      onClick={() => clipboard.copy(location.href)}
    >
      {clipboard.copied ? shared.copied : words.copyLink}
    </Button>
  );
}

function Result({ tried, onNow }: { tried: Tried; onNow: () => void }) {
  const flag = useFlag();
  const isPast = tried.moment !== undefined;
  const { data, error, refetch } = useQuery(explainQuery(tried));
  const { steps } = useTargetingDraft(`${tried.project}/${tried.environment}/${tried.flag}`, flag, tried.environment);
  if (error) return <FailureState what={words.theResult} error={error} onRetry={refetch} />;
  if (data === undefined) return <LoadingState rows={6} />;
  return (
    <>
      {data.asOf !== undefined && <PastNote tried={tried} explained={data} onNow={onNow} />}
      <p className={classes.verdict} role="status">
        {isPast ? words.gotThen : words.gets} <Got flag={data.flag} /> {tellReason(data.flag)}
      </p>
      <TriedKinds value={kindsOfContext(tried.context)}>
        <ExplainedFlag flag={data.flag} />
      </TriedKinds>
      {!isPast && <Elsewhere tried={tried} unsaved={steps} />}
    </>
  );
}
