// The custom roles that all members of a team have.
import { Button, Stack } from '@mantine/core';
import { useChangeTeam, type Team } from '../api/teams';
import { RolesField } from '../components/account/choices';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { isSame } from '../format/lists';
import { roleSteps } from '../format/teams';
import { teamWords as words } from '../strings/teams';
import { useDraft } from '../ui/draft';
import { tellDone } from '../ui/toast';

/** `before` are the keys of the roles that the team has. */
export function TeamRolesForm({ team, before }: { team: Team; before: string[] }) {
  const draft = useDraft<string[] | null>(`form:team-roles:${team.key}`, null);
  const after = draft.value ?? before;
  const change = useChangeTeam(team.key);
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    change.mutate(roleSteps(before, after), {
      onSuccess: () => {
        draft.clear();
        tellDone(words.savedRoles(team.name));
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        <Restored from={draft.restoredFrom} onDiscard={draft.clear} />
        <RolesField by="key" aria-label={words.roles} value={after} onChange={draft.set} />
        <FormFailure error={change.error} />
        {!isSame(before, after) && (
          <div>
            <Button type="submit" loading={change.isPending}>
              {words.changeRoles}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
