// Making a team: name, key, and at once its members and custom roles.
import { Button, Stack, Textarea } from '@mantine/core';
import { useMakeTeam, type Team } from '../api/teams';
import { MembersField, RolesField } from '../components/account/choices';
import { NameAndKey, nameAndKeyRules } from '../components/NameAndKey';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { teamWords as words } from '../strings/teams';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

export function TeamForm({ onMade }: { onMade: (team: Team) => void }) {
  const make = useMakeTeam();
  const { form, restoredFrom, clear } = useDraftForm('team:new', {
    initialValues: { name: '', key: '', description: '', memberIDs: [] as string[], customRoleKeys: [] as string[] },
    validate: nameAndKeyRules,
    validateInputOnBlur: true,
  });
  const onSuccess = (team: Team) => {
    clear();
    tellDone(words.created(team.name));
  };
  return (
    <form onSubmit={form.onSubmit((team) => make.mutate(team, { onSuccess, onHere: onMade }))} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <NameAndKey form={form} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <MembersField label={words.firstMembers} {...form.getInputProps('memberIDs')} />
        <RolesField by="key" label={words.roles} {...form.getInputProps('customRoleKeys')} />
        <FormFailure error={make.error} />
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
