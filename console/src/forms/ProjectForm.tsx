// Making a project.
import { Button, Stack, Text } from '@mantine/core';
import { useMakeProject } from '../api/projects';
import { FormFailure, tellField } from '../components/FormFailure';
import { NameAndKey, nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { projectWords as words } from '../strings/projects';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

const EMPTY = { name: '', key: '', tags: [] as string[] };

export function ProjectForm({ onDone }: { onDone: (key: string) => void }) {
  const make = useMakeProject();
  const { form, restoredFrom, clear } = useDraftForm('new-project', { initialValues: EMPTY, validate: nameAndKeyRules });
  const submit = form.onSubmit(({ name, key, tags }) =>
    make.mutate(
      { project: key, name: name.trim(), tags },
      {
        onSuccess: (made) => {
          clear(EMPTY);
          tellDone(words.created(made.name));
        },
        onHere: (made) => onDone(made.key),
        onError: (error) => tellField(form, error, Object.keys(EMPTY)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <Text>{words.createHint}</Text>
        <NameAndKey form={form} />
        <TagsField kind="project" {...form.getInputProps('tags')} />
        <FormFailure error={make.error} fields={Object.keys(EMPTY)} />
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
