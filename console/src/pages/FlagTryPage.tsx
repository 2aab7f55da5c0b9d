// `.../flags/{f}/try?context`: what a context gets from a flag, and why, step by step.
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconLink, IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { explainQuery, type Tried } from '../api/explaining';
import { useFlag } from '../components/flags/flag';
import { usePlace } from '../components/place';
import { useTargetingDraft } from '../components/targeting/drafts';
import { ContextForm } from '../components/trying/ContextForm';
import { Elsewhere, Got } from '../components/trying/Elsewhere';
import { ExplainedFlag } from '../components/trying/ExplainedFlag';
import { RecentContexts } from '../components/trying/RecentContexts';
import classes from '../components/trying/trying.module.css';
import { tellReason } from '../format/explanation';
import { readContext, type Context } from '../format/tryContext';
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
  const tryOne = (next: Context) => change({ context: JSON.stringify(next) });
  return (
    <div className={classes.sides}>
      <div className={classes.left}>
        <ContextForm key={text} initial={context} onEvaluate={tryOne} />
        <RecentContexts onPick={tryOne} />
      </div>
      <section className={classes.right} aria-label={words.result}>
        {context === undefined ? (
          <EmptyState icon={IconUserSearch} title={words.start} text={words.startText} />
        ) : (
          <Result
            key={environment.key}
            tried={{ project: project.key, environment: environment.key, flag: flag.key, context, instructions: [] }}
          />
        )}
      </section>
    </div>
  );
}

function Result({ tried }: { tried: Tried }) {
  const flag = useFlag();
  const { environment } = usePlace();
  const clipboard = useClipboard({ timeout: 1500 });
  const { data, error, refetch } = useQuery(explainQuery(tried));
  const { steps } = useTargetingDraft(`${tried.project}/${tried.environment}/${tried.flag}`, flag, tried.environment);
  if (error) return <FailureState what={words.theResult} error={error} onRetry={refetch} />;
  if (data === undefined) return <LoadingState rows={6} />;
  return (
    <>
      <div className={classes.resultHead}>
        <span className={classes.dim} dir="auto">
          {words.inEnvironment(environment.name, data.version)}
        </span>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLink size={14} stroke={1.6} />}
          onClick={() => clipboard.copy(location.href)}
        >
          {clipboard.copied ? shared.copied : words.copyLink}
        </Button>
      </div>
      <p className={classes.verdict} role="status">
        {words.gets} <Got flag={data.flag} /> {tellReason(data.flag)}
      </p>
      <ExplainedFlag flag={data.flag} />
      <Elsewhere tried={tried} unsaved={steps} />
    </>
  );
}
