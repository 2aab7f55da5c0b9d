// `/{p}/settings`: a project, what its new flags start from, its context kinds, and its end.
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import type { Project } from '../api/places';
import { contextKindsQuery, flagDefaultsQuery, useDeleteProject, type ContextKind } from '../api/projects';
import { ContextKinds } from '../components/ContextKinds';
import { DeleteDialog } from '../components/DeleteDialog';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { RemovalSection } from '../components/RemovalSection';
import { Section } from '../components/Section';
import { ContextKindForm } from '../forms/ContextKindForm';
import { FlagDefaultsForm } from '../forms/FlagDefaultsForm';
import { ProjectSettingsForm } from '../forms/ProjectSettingsForm';
import { paths } from '../paths';
import { projectWords as words } from '../strings/projects';
import { Dialog } from '../ui/Dialog';
import { GuardedButton } from '../ui/GuardedButton';
import { Locked } from '../ui/Locked';
import { FailureState, LoadingState } from '../ui/States';

export default function ProjectSettingsPage() {
  const { project } = usePlace();
  const resource = `proj/${project.key}`;
  const removal = useRefusal('deleteProject', resource);
  const [isRemoving, setRemoving] = useState(false);
  return (
    <Page key={project.key} title={words.settings} description={project.name} resourceKey={project.key} tags={project.tags}>
      <Section title={words.general}>
        <ProjectSettingsForm project={project} />
      </Section>
      <Defaults project={project.key} />
      <Kinds project={project.key} />
      <RemovalSection act={words.delete} text={words.deleteHint} refusal={removal} onAsk={() => setRemoving(true)} />
      {isRemoving && <RemoveDialog project={project} onClose={() => setRemoving(false)} />}
    </Page>
  );
}

function Defaults({ project }: { project: string }) {
  const refusal = useRefusal('updateProjectFlagDefaults', `proj/${project}`);
  const { data, error, refetch } = useQuery(flagDefaultsQuery(project));
  return (
    <Section title={words.defaults} hint={words.defaultsHint}>
      {data && (
        <Locked refusal={refusal}>
          <FlagDefaultsForm project={project} defaults={data} />
        </Locked>
      )}
      {!data && error && <FailureState what={words.theDefaults} error={error} onRetry={refetch} />}
      {!data && !error && <LoadingState rows={4} />}
    </Section>
  );
}

function Kinds({ project }: { project: string }) {
  const refusal = useRefusal('updateContextKind', `proj/${project}:context-kind/*`);
  const { data, error, refetch } = useQuery(contextKindsQuery(project));
  const [edited, setEdited] = useState<ContextKind | 'new'>();
  const close = () => setEdited(undefined);
  const add = (
    <GuardedButton size="xs" variant="default" leftSection={<IconPlus size={14} />} refusal={refusal} onClick={() => setEdited('new')}>
      {words.addKind}
    </GuardedButton>
  );
  return (
    <Section title={words.kinds} hint={words.kindsHint} actions={add}>
      {data && (
        <fieldset disabled={refusal !== undefined} style={{ display: 'contents' }}>
          <ContextKinds kinds={data.items} onEdit={setEdited} />
        </fieldset>
      )}
      {!data && error && <FailureState what={words.theKinds} error={error} onRetry={refetch} />}
      {!data && !error && <LoadingState rows={2} />}
      {edited && (
        <Dialog title={edited === 'new' ? words.addKind : words.editKind(edited.name)} onClose={close} closesOutside={false}>
          <ContextKindForm project={project} kind={edited === 'new' ? undefined : edited} onDone={close} />
        </Dialog>
      )}
    </Section>
  );
}

function RemoveDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const remove = useDeleteProject();
  const navigate = useNavigate();
  return (
    <DeleteDialog
      title={words.deleteTitle(project.name)}
      text={words.deleteText}
      act={words.delete}
      typed={project.key}
      removal={remove}
      of={{ project: project.key }}
      told={words.deleted(project.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.home())}
    />
  );
}
