// The name, the description and the base permissions of a custom role.
import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChangeRole, type Role } from '../api/roles';
import { nameAndKeyRules } from '../components/NameAndKey';
import { FormFailure } from '../components/FormFailure';
import { roleWords as words } from '../strings/roles';
import { tellDone } from '../ui/toast';

const BASES = Object.entries(words.baseChoices).map(([value, label]) => ({ value, label }));

export function RoleDetailsForm({ role }: { role: Role }) {
  const change = useChangeRole();
  const { key, name, description = '', basePermissions } = role;
  const form = useForm({ initialValues: { name, description, basePermissions }, validate: { name: nameAndKeyRules.name } });
  const submit = form.onSubmit((after) =>
    change.mutate({ key, change: after }, { onSuccess: () => tellDone(words.savedSettings(after.name)) }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label={words.name} {...form.getInputProps('name')} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <Select label={words.baseLabel} data={BASES} allowDeselect={false} {...form.getInputProps('basePermissions')} />
        <FormFailure error={change.error} />
        <div>
          <Button type="submit" variant="default" loading={change.isPending} disabled={!form.isDirty()}>
            {words.saveSettings}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
