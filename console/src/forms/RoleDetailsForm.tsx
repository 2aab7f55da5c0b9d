// The name, the description and the base permissions of a custom role.
import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useChangeRole, type Role } from '../api/roles';
import { nameAndKeyRules } from '../components/NameAndKey';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { changedMembers } from '../format/patches';
import { roleWords as words } from '../strings/roles';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

const BASES = Object.entries(words.baseChoices).map(([value, label]) => ({ value, label }));

export function RoleDetailsForm({ role }: { role: Role }) {
  const change = useChangeRole();
  const { key, name, description = '', basePermissions } = role;
  const saved = { name, description, basePermissions };
  const { form, restoredFrom, clear } = useDraftForm(`role:${key}`, {
    initialValues: saved,
    validate: { name: nameAndKeyRules.name },
  });
  const submit = form.onSubmit((after) =>
    change.mutate({ key, change: after }, {
      onSuccess: () => {
        clear(after);
        tellDone(words.savedSettings(after.name));
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear(saved)} />
        <TextInput label={words.name} {...form.getInputProps('name')} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <Select label={words.baseLabel} data={BASES} allowDeselect={false} {...form.getInputProps('basePermissions')} />
        <FormFailure error={change.error} />
        <div>
          <Button type="submit" variant="default" loading={change.isPending} disabled={Object.keys(changedMembers(saved, form.values)).length === 0}>
            {words.saveSettings}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
