// `/welcome?flag&sdk`: from nothing to the first evaluation, in three steps.
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import { flagQuery } from '../api/flags';
import { environmentsQuery, projectsQuery, type Environment } from '../api/places';
import { useNewFlagRefusal } from '../components/flags/creating';
import { FlagToggle } from '../components/flags/FlagToggle';
import { VariationChip } from '../components/flags/VariationChip';
import { Page } from '../components/Page';
import { lastPlace } from '../components/place';
import { NextSteps } from '../components/welcome/NextSteps';
import { ProgramStep } from '../components/welcome/ProgramStep';
import { RunStep } from '../components/welcome/RunStep';
import classes from '../components/welcome/welcome.module.css';
import { FirstFlagForm } from '../forms/FirstFlagForm';
import { welcomeWords as words } from '../strings/live';
import { shell } from '../strings/shell';
import { KeyPill } from '../ui/KeyPill';
import { Locked } from '../ui/Locked';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import { Swatch } from '../ui/Swatch';
import { useAddress } from '../ui/address';

/** Where nothing reaches customers, as far as one can tell. */
const harmless = (environments: Environment[] = []) =>
  environments.find((one) => one.key === 'test') ?? environments.find((one) => !one.critical) ?? environments[0];

export default function WelcomePage() {
  const projects = useQuery(projectsQuery());
  const found = projects.data?.items;
  const project = found?.find((one) => one.key === lastPlace()?.project) ?? found?.[0];
  const environments = useQuery({ ...environmentsQuery(project?.key ?? ''), enabled: project !== undefined });
  const environment = harmless(environments.data?.items);
  const error = projects.error ?? environments.error;
  return (
    <Page title={words.title} isGreeting>
      {project && environment && (
        <Steps key={project.key} project={project.key} environment={environment} environments={environments.data?.items ?? []} />
      )}
      {error && <FailureState what={shell.theProjects} error={error} onRetry={projects.refetch} />}
      {!error && found?.length === 0 && <EmptyState title={shell.noProjectsTitle} text={shell.noProjectsText} />}
      {!error && !environment && found?.length !== 0 && <LoadingState rows={6} />}
    </Page>
  );
}

interface StepsProps {
  project: string;
  environment: Environment;
  /** All that a flag is in. */
  environments: Environment[];
}

function Steps({ project, environment, environments }: StepsProps) {
  const [search, change] = useAddress();
  const [isDone, setDone] = useState(false);
  const key = search.get('flag') ?? '';
  const refusal = useNewFlagRefusal(project, environments);
  const onArrived = useCallback(() => setDone(true), []);
  const onMade = (flag: string) => change({ flag }, true);
  return (
    <div className={classes.columns}>
      <div>
        <p className={classes.where}>
          {words.youAreIn} <Swatch color={environment.color} /> <b dir="auto">{environment.name}</b>.
          {!environment.critical && words.nothing}
        </p>
        <ol className={classes.steps}>
          <Step number={1} title={words.make} state={key === '' ? 'now' : 'done'}>
            {key === '' ? (
              <Locked refusal={refusal}>
                <FirstFlagForm project={project} environment={environment.key} onMade={onMade} />
              </Locked>
            ) : (
              <Made project={project} environment={environment} flag={key} />
            )}
          </Step>
          <Step number={2} title={words.ask} state={isDone ? 'done' : key === '' ? 'later' : 'now'}>
            {key !== '' && <ProgramStep project={project} environment={environment} flag={key} />}
          </Step>
          <Step number={3} title={words.run} state={isDone ? 'done' : 'later'}>
            {key !== '' && <RunStep project={project} environment={environment} flag={key} onArrived={onArrived} />}
          </Step>
        </ol>
      </div>
      <NextSteps project={project} environment={environment.key} flag={key} />
    </div>
  );
}

interface StepProps {
  number: number;
  title: string;
  state: 'done' | 'now' | 'later';
  children: ReactNode;
}

function Step({ number, title, state, children }: StepProps) {
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.number} aria-hidden>
        {state === 'done' ? <IconCheck size={16} /> : number}
      </span>
      <h2>{title}</h2>
      {children}
    </li>
  );
}

function Made({ project, environment, flag: key }: { project: string; environment: Environment; flag: string }) {
  const { data: flag, error, refetch } = useQuery(flagQuery(project, key));
  if (!flag) return error ? <FailureState what={words.make} error={error} onRetry={refetch} /> : <LoadingState rows={1} />;
  return (
    <div className={classes.flag}>
      <b dir="auto">{flag.name}</b>
      <KeyPill>{flag.key}</KeyPill>
      {flag.variations.map((variation, index) => (
        <VariationChip key={index} variation={variation} index={index} />
      ))}
      <span className={classes.madeAt}>
        {words.made} <RelativeTime at={flag.creationDate} />
      </span>
      <FlagToggle project={project} environment={environment} flag={flag} on={flag.environments?.[environment.key]?.on ?? false} />
    </div>
  );
}
