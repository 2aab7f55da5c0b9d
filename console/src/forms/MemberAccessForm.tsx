// What a member may do: the built-in role, custom roles, and teams.
import { Button, Select, Stack } from '@mantine/core';
import { memberName } from '../api/auth';
import { useChangeMember, type Member } from '../api/members';
import { RolesField, TeamsField } from '../components/account/choices';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { differenceOf } from '../format/lists';
import { accessPatch } from '../format/members';
import { changedMembers } from '../format/patches';
import { memberWords as words } from '../strings/members';
import { useDraftForm } from '../ui/draftForm';
import { Note } from '../ui/Note';
import { tellDone } from '../ui/toast';

const ROLES = Object.entries(words.roleTexts).map(([value, label]) => ({ value, label }));

export interface MemberAccessFormProps {
  member: Member;
  /** Whether it is the reader, who may not change the own role. */
  isSelf: boolean;
  onSaved: () => void;
}

export function MemberAccessForm({ member, isSelf, onSaved }: MemberAccessFormProps) {
  const change = useChangeMember();
  const teams = member.teams ?? [];
  const before = { role: member.role, customRoles: member.customRoles, teamKeys: teams.map((team) => team.key) };
  const { form, restoredFrom, clear } = useDraftForm(`member:${member._id}`, { initialValues: before });
  const isFixed = isSelf || member.role === 'owner';
  const submit = form.onSubmit((after) =>
    change.mutate(
      { member, patch: accessPatch(before, after), teams: differenceOf(before.teamKeys, after.teamKeys) },
      {
        onSuccess: () => {
          clear(after);
          tellDone(words.saved(memberName(member)));
        },
        onHere: onSaved,
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear(before)} />
        {isFixed ? (
          <Note tone="info">{member.role === 'owner' ? words.ownerRole : words.ownRole}</Note>
        ) : (
          <>
            <Select label={words.role} data={ROLES} allowDeselect={false} {...form.getInputProps('role')} />
            <RolesField
              label={words.customRoles}
              description={words.customRolesHint}
              {...form.getInputProps('customRoles')}
            />
          </>
        )}
        <TeamsField label={words.teams} known={teams} {...form.getInputProps('teamKeys')} />
        <FormFailure error={change.error} />
        <Button type="submit" loading={change.isPending} disabled={Object.keys(changedMembers(before, form.values)).length === 0}>
          {words.save}
        </Button>
      </Stack>
    </form>
  );
}
