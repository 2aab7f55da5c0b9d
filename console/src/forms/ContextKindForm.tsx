// A context kind: a new one, or what is said about one.
import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useSetContextKind, type ContextKind } from '../api/projects';
import { FormFailure, tellField } from '../components/FormFailure';
import { nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { projectWords as words } from '../strings/projects';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

export interface ContextKindFormProps {
  project: string;
  /** Undefined for a new one. */
  kind: ContextKind | undefined;
  onDone: () => void;
}

export function ContextKindForm({ project, kind, onDone }: ContextKindFormProps) {
  const save = useSetContextKind();
  const initialValues = {
    key: kind?.key ?? '',
    name: kind?.name ?? '',
    description: kind?.description ?? '',
    hideInTargeting: kind?.hideInTargeting ?? false,
  };
  const { form, restoredFrom, clear } = useDraftForm(`context-kind:${project}/${kind?.key ?? ''}`, { initialValues, validate: nameAndKeyRules });
  const submit = form.onSubmit(({ key, ...said }) =>
    save.mutate(
      { project, kind: key, said },
      {
        onSuccess: () => {
          clear(initialValues);
          tellDone(words.savedKind(said.name));
        },
        onHere: onDone,
        onError: (error) => tellField(form, error, Object.keys(initialValues)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <TextInput
          label={words.kindKey}
          description={kind ? shared.keyLocked : words.kindKeyHint}
          disabled={kind !== undefined}
          {...form.getInputProps('key')}
        />
        <TextInput label={shared.name} {...form.getInputProps('name')} />
        <TextInput label={`${words.description} (${shared.optional})`} {...form.getInputProps('description')} />
        <Checkbox label={words.hideLabel} {...form.getInputProps('hideInTargeting', { type: 'checkbox' })} />
        <FormFailure error={save.error} fields={Object.keys(initialValues)} />
        <Button type="submit" loading={save.isPending}>
          {words.saveKind}
        </Button>
      </Stack>
    </form>
  );
}
