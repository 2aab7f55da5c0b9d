// The name and the description of a team.
import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useChangeTeam, type Team } from '../api/teams';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { changedMembers } from '../format/patches';
import { detailSteps } from '../format/teams';
import { teamWords as words } from '../strings/teams';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

export function TeamDetailsForm({ team }: { team: Team }) {
  const change = useChangeTeam(team.key);
  const saved = { name: team.name, description: team.description };
  const { form, restoredFrom, clear } = useDraftForm(`team:${team.key}`, {
    initialValues: saved,
    validate: { name: (value) => (value.trim() === '' ? words.nameMissing : null) },
  });
  const submit = form.onSubmit((after) =>
    change.mutate(detailSteps(team, after), {
      onSuccess: () => {
        clear(after);
        tellDone(words.savedDetails(after.name));
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        <Restored from={restoredFrom} onDiscard={() => clear(saved)} />
        <TextInput label={words.name} {...form.getInputProps('name')} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <FormFailure error={change.error} />
        <div>
          <Button type="submit" variant="default" loading={change.isPending} disabled={Object.keys(changedMembers(saved, form.values)).length === 0}>
            {words.saveDetails}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
