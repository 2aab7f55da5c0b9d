// Making an environment, empty or as a copy of another.
import { Button, Select, Stack } from '@mantine/core';
import { useMakeEnvironment } from '../api/environments';
import type { Environment, Project } from '../api/places';
import { colorRule, EnvironmentFields, type EnvironmentValues } from '../components/environments/EnvironmentFields';
import { FormFailure, tellField } from '../components/FormFailure';
import { NameAndKey, nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { environmentWords as words } from '../strings/environments';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

interface Values extends EnvironmentValues {
  name: string;
  key: string;
  source: string;
}

const EMPTY: Values = {
  name: '',
  key: '',
  source: '',
  color: '#5b63b8',
  critical: false,
  confirmChanges: false,
  requireComments: false,
  defaultTtl: 0,
  secureMode: false,
  defaultTrackEvents: false,
  tags: [],
};

export interface EnvironmentFormProps {
  project: Project;
  environments: Environment[];
  onDone: (made: Environment) => void;
}

export function EnvironmentForm({ project, environments, onDone }: EnvironmentFormProps) {
  const make = useMakeEnvironment(project.key);
  const { form, restoredFrom, clear } = useDraftForm<Values>(`new-environment:${project.key}`, {
    initialValues: EMPTY,
    validate: { ...nameAndKeyRules, color: colorRule },
  });
  const fields = Object.keys(EMPTY);
  const submit = form.onSubmit(({ source, color, ...values }) => {
    const body = { ...values, name: values.name.trim(), color: color.slice(1), ...(source && { source: { key: source, version: null } }) };
    make.mutate(
      { project: project.key, body },
      {
        onSuccess: (made) => {
          clear(EMPTY);
          tellDone(words.created(made.name));
        },
        onHere: onDone,
        onError: (error) => tellField(form, error, fields),
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <NameAndKey form={form} />
        <Select
          label={words.source}
          description={words.sourceHint}
          data={[{ value: '', label: words.noSource }, ...environments.map(({ key, name }) => ({ value: key, label: name }))]}
          allowDeselect={false}
          {...form.getInputProps('source')}
        />
        <EnvironmentFields form={form} />
        <FormFailure error={make.error} fields={fields} />
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
