// Changing an environment: only what differs is sent, so that others may change the rest meanwhile.
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useChangeEnvironment } from '../api/environments';
import { useAccessTo } from '../api/may';
import type { Environment } from '../api/places';
import { colorRule, ENVIRONMENT_FIELDS, EnvironmentFields, type EnvironmentValues } from '../components/environments/EnvironmentFields';
import { FormFailure, tellField } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { nameAndKeyRules } from '../components/NameAndKey';
import { patchBetween, pick, type PatchStep } from '../format/patches';
import { environmentWords as words } from '../strings/environments';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';
import { Locked, Refusal } from '../ui/Locked';
import { tellDone } from '../ui/toast';

interface Values extends EnvironmentValues {
  name: string;
}

const FIELDS = ['name', ...ENVIRONMENT_FIELDS] as const;

/** What a role has to give for each. */
const ACTIONS: Record<keyof Values, string> = {
  name: 'updateName',
  color: 'updateColor',
  critical: 'updateCritical',
  confirmChanges: 'updateConfirmChanges',
  requireComments: 'updateRequireComments',
  defaultTtl: 'updateTtl',
  secureMode: 'updateSecureMode',
  defaultTrackEvents: 'updateDefaultTrackEvents',
  tags: 'updateTags',
};

const valuesOf = (environment: Environment): Values => ({ ...pick(environment, FIELDS), color: `#${environment.color}` });
const stepsBetween = (before: Values, after: Values): PatchStep[] => {
  const bare = (values: Values) => ({ ...values, color: values.color.slice(1).toLowerCase() });
  return patchBetween(bare(before), bare(after));
};

export function EnvironmentSettingsForm({ project, environment }: { project: string; environment: Environment }) {
  const change = useChangeEnvironment();
  const access = useAccessTo(Object.values(ACTIONS), [{ name: '', resource: `proj/${project}:env/${environment.key}` }]);
  const refusalOf = (field: keyof Values) => access.refusal(ACTIONS[field]);
  const saved = valuesOf(environment);
  const { form, restoredFrom, clear } = useDraftForm<Values>(`environment:${project}/${environment.key}`, {
    initialValues: saved,
    validate: { name: nameAndKeyRules.name, color: colorRule },
  });
  const place = { project, environment: environment.key };
  const steps = stepsBetween(saved, form.values);
  const submit = form.onSubmit((values) =>
    change.mutate(
      { ...place, steps: stepsBetween(saved, values) },
      {
        onSuccess: (now) => {
          clear(valuesOf(now));
          tellDone(words.saved(now.name), () =>
            change.mutate(
              { ...place, steps: stepsBetween(valuesOf(now), saved) },
              { onSuccess: (back) => clear(valuesOf(back)), notDone: words.notSaved(now.name) },
            ),
          );
        },
        onError: (error) => tellField(form, error, FIELDS),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        {steps.length > 0 && <Restored from={restoredFrom} onDiscard={() => clear(saved)} />}
        <Refusal why={access.missing(...Object.values(ACTIONS))} />
        <Locked isTold refusal={refusalOf('name')}>
          <TextInput label={shared.name} {...form.getInputProps('name')} />
        </Locked>
        <EnvironmentFields form={form} refusalOf={refusalOf} />
        <FormFailure error={change.error} fields={FIELDS} />
        <Group gap="sm">
          <Button type="submit" loading={change.isPending} disabled={steps.length === 0}>
            {shared.saveTo(environment.name)}
          </Button>
          {steps.length > 0 && (
            <Button variant="subtle" color="gray" onClick={() => clear(saved)}>
              {shared.discard}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
