// Making a custom role; its policy is written on its page.
import { Button, Select, Stack, Textarea } from '@mantine/core';
import { useMakeRole, type NewRole, type Role } from '../api/roles';
import { NameAndKey, nameAndKeyRules } from '../components/NameAndKey';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { roleWords as words } from '../strings/roles';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

const BASES = Object.entries(words.baseChoices).map(([value, label]) => ({ value, label }));

export function RoleForm({ onMade }: { onMade: (role: Role) => void }) {
  const make = useMakeRole();
  const { form, restoredFrom, clear } = useDraftForm<Omit<NewRole, 'policy'>>('role:new', {
    initialValues: { name: '', key: '', description: '', basePermissions: 'no_access' },
    validate: nameAndKeyRules,
    validateInputOnBlur: true,
  });
  const onSuccess = (role: Role) => {
    clear();
    tellDone(words.created(role.name));
  };
  return (
    <form onSubmit={form.onSubmit((role) => make.mutate({ ...role, policy: [] }, { onSuccess, onHere: onMade }))} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <NameAndKey form={form} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <Select label={words.baseLabel} data={BASES} allowDeselect={false} {...form.getInputProps('basePermissions')} />
        <FormFailure error={make.error} />
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
