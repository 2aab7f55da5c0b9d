// `/{p}/environments/{e}`: the keys of an environment, what it asks of who changes something, and its end.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRefusal } from '../api/may';
import { environmentQuery, useDeleteEnvironment } from '../api/environments';
import type { Environment, Project } from '../api/places';
import { DeleteDialog } from '../components/DeleteDialog';
import { EnvironmentKeys, type KeyKind } from '../components/environments/EnvironmentKeys';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { RemovalSection } from '../components/RemovalSection';
import { Section } from '../components/Section';
import { EnvironmentSettingsForm } from '../forms/EnvironmentSettingsForm';
import { KeyResetForm } from '../forms/KeyResetForm';
import { keyOf, paths } from '../paths';
import { environmentWords as words } from '../strings/environments';
import { Dialog } from '../ui/Dialog';
import { FailureState, LoadingState } from '../ui/States';

export default function EnvironmentPage() {
  const { project } = usePlace();
  const key = keyOf(useParams().one ?? '');
  const { data: environment, error, refetch } = useQuery(environmentQuery(project.key, key));
  const trail = [{ label: words.environments, to: paths.environments(project.key) }];
  if (environment === undefined) {
    return (
      <Page title={key} trail={trail}>
        {error ? <FailureState what={words.theEnvironment(key)} error={error} onRetry={refetch} /> : <LoadingState rows={8} />}
      </Page>
    );
  }
  return (
    <Page title={environment.name} trail={trail} resourceKey={environment.key} tags={environment.tags}>
      <Content key={environment.key} project={project} environment={environment} />
    </Page>
  );
}

function Content({ project, environment }: { project: Project; environment: Environment }) {
  const [asked, setAsked] = useState<KeyKind | 'delete'>();
  const close = () => setAsked(undefined);
  const resource = `proj/${project.key}:env/${environment.key}`;
  const refusals = {
    view: useRefusal('viewSdkKey', resource),
    sdk: useRefusal('updateApiKey', resource),
    mobile: useRefusal('updateMobileKey', resource),
  };
  const removal = useRefusal('deleteEnvironment', resource);
  return (
    <>
      <Section title={words.keys} hint={words.keysHint}>
        <EnvironmentKeys project={project.key} environment={environment} refusals={refusals} onReset={setAsked} />
      </Section>
      <Section title={words.settings}>
        <EnvironmentSettingsForm project={project.key} environment={environment} />
      </Section>
      <RemovalSection act={words.delete} text={words.deleteHint} refusal={removal} onAsk={() => setAsked('delete')} />
      {asked === 'delete' && <RemoveDialog project={project.key} environment={environment} onClose={close} />}
      {(asked === 'sdk' || asked === 'mobile') && (
        <Dialog title={words.reset(asked === 'sdk' ? words.sdkKey : words.mobileKey)} onClose={close} closesOutside={false}>
          <KeyResetForm project={project.key} environment={environment} kind={asked} onDone={close} />
        </Dialog>
      )}
    </>
  );
}

interface RemoveDialogProps {
  project: string;
  environment: Environment;
  onClose: () => void;
}

function RemoveDialog({ project, environment, onClose }: RemoveDialogProps) {
  const remove = useDeleteEnvironment();
  const navigate = useNavigate();
  return (
    <DeleteDialog
      title={words.deleteTitle(environment.name)}
      text={words.deleteText(environment.key)}
      act={words.delete}
      typed={environment.key}
      removal={remove}
      of={{ project, environment: environment.key }}
      told={words.deleted(environment.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.environments(project))}
    />
  );
}
