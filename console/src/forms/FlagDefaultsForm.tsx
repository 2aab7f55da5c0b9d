// What new flags of a project start from.
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useSetFlagDefaults, type FlagDefaults } from '../api/projects';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { projectWords as words } from '../strings/projects';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

type Values = Pick<FlagDefaults, 'tags' | 'temporary'> &
  FlagDefaults['defaultClientSideAvailability'] &
  FlagDefaults['booleanDefaults'];

const flat = (defaults: FlagDefaults): Values => ({
  tags: defaults.tags,
  temporary: defaults.temporary,
  ...defaults.booleanDefaults,
  ...defaults.defaultClientSideAvailability,
});

const nested = ({ tags, temporary, usingMobileKey, usingEnvironmentId, ...booleanDefaults }: Values): FlagDefaults => ({
  tags,
  temporary,
  booleanDefaults,
  defaultClientSideAvailability: { usingMobileKey, usingEnvironmentId },
});

export function FlagDefaultsForm({ project, defaults }: { project: string; defaults: FlagDefaults }) {
  const save = useSetFlagDefaults();
  const { form, restoredFrom, clear } = useDraftForm<Values>(`flag-defaults:${project}`, { initialValues: flat(defaults) });
  const check = (field: keyof Values) => form.getInputProps(field, { type: 'checkbox' }) as object;
  const { trueDisplayName, falseDisplayName } = form.values;
  const choices = [
    { value: '0', label: trueDisplayName || 'true' },
    { value: '1', label: falseDisplayName || 'false' },
  ];
  const serves = (field: 'onVariation' | 'offVariation') => ({
    data: choices,
    allowDeselect: false,
    value: String(form.values[field]),
    onChange: (value: string | null) => form.setFieldValue(field, Number(value)),
  });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { project, defaults: nested(values) },
      {
        onSuccess: () => {
          clear(values);
          tellDone(words.savedDefaults);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <TagsField kind="flag" {...form.getInputProps('tags')} />
        <Checkbox label={words.temporary} description={words.temporaryHint} {...check('temporary')} />
        <Checkbox label={words.mobile} {...check('usingMobileKey')} />
        <Checkbox label={words.browsers} description={words.browsersHint} {...check('usingEnvironmentId')} />
        <Group grow>
          <TextInput label={words.trueName} {...form.getInputProps('trueDisplayName')} />
          <TextInput label={words.falseName} {...form.getInputProps('falseDisplayName')} />
        </Group>
        <Group grow>
          <Select label={words.onServes} {...serves('onVariation')} />
          <Select label={words.offServes} {...serves('offVariation')} />
        </Group>
        <FormFailure error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={JSON.stringify(form.values) === JSON.stringify(flat(defaults))}>
            {words.saveDefaults}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
