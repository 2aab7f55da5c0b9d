// The name and the description of a team.
import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChangeTeam, type Team } from '../api/teams';
import { FormFailure } from '../components/FormFailure';
import { detailSteps } from '../format/teams';
import { teamWords as words } from '../strings/teams';
import { tellDone } from '../ui/toast';

export function TeamDetailsForm({ team }: { team: Team }) {
  const change = useChangeTeam(team.key);
  const form = useForm({
    initialValues: { name: team.name, description: team.description },
    validate: { name: (value) => (value.trim() === '' ? words.nameMissing : null) },
  });
  const submit = form.onSubmit((after) =>
    change.mutate(detailSteps(team, after), { onSuccess: () => tellDone(words.savedDetails(after.name)) }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={560}>
        <TextInput label={words.name} {...form.getInputProps('name')} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        <FormFailure error={change.error} />
        <div>
          <Button type="submit" variant="default" loading={change.isPending} disabled={!form.isDirty()}>
            {words.saveDetails}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
