// The name and tags of a project.
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useAccessTo } from '../api/may';
import type { Project } from '../api/places';
import { useChangeProject } from '../api/projects';
import { FormFailure, tellField } from '../components/FormFailure';
import { nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { patchBetween, pick } from '../format/patches';
import { projectWords as words } from '../strings/projects';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';
import { Locked, Refusal } from '../ui/Locked';
import { tellDone } from '../ui/toast';

const FIELDS = ['name', 'tags'] as const;
const ACTIONS = ['updateProjectName', 'updateTags'] as const;

export function ProjectSettingsForm({ project }: { project: Project }) {
  const change = useChangeProject();
  const { refusal, missing } = useAccessTo(ACTIONS, [{ name: '', resource: `proj/${project.key}` }]);
  const saved = pick(project, FIELDS);
  const { form, restoredFrom, clear } = useDraftForm(`project:${project.key}`, {
    initialValues: saved,
    validate: { name: nameAndKeyRules.name },
  });
  const isChanged = patchBetween(saved, form.values).length > 0;
  const undo = (now: typeof saved) =>
    change.mutate(
      { project: project.key, steps: patchBetween(now, saved) },
      { onSuccess: () => clear(saved), notDone: words.notSaved(saved.name) },
    );
  const submit = form.onSubmit((values) =>
    change.mutate(
      { project: project.key, steps: patchBetween(saved, values) },
      {
        onSuccess: (now) => {
          clear(pick(now, FIELDS));
          tellDone(words.saved(now.name), () => undo(pick(now, FIELDS)));
        },
        onError: (error) => tellField(form, error, FIELDS),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        {isChanged && <Restored from={restoredFrom} onDiscard={() => clear(saved)} />}
        <Refusal why={missing(...ACTIONS)} />
        <Locked isTold refusal={refusal('updateProjectName')}>
          <TextInput label={shared.name} {...form.getInputProps('name')} />
        </Locked>
        <Locked isTold refusal={refusal('updateTags')}>
          <TagsField kind="project" {...form.getInputProps('tags')} />
        </Locked>
        <FormFailure error={change.error} fields={FIELDS} />
        <Group gap="sm">
          <Button type="submit" loading={change.isPending} disabled={!isChanged}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
