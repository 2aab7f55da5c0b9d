// Asking for a link with which one chooses a new password.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { auth } from '../api/auth';
import { present } from '../format/failure';
import { access } from '../strings/access';
import { Note } from '../ui/Note';
import { useWrite } from '../ui/writing';

export function AskResetForm() {
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() === '' ? access.emailMissing : null) },
  });
  const ask = useWrite({ mutationFn: ({ email }: typeof form.values) => auth.askReset(email.trim()) });
  if (ask.isSuccess) {
    return (
      <Note tone="good" role="status">
        {access.resetSent(form.values.email.trim())}
      </Note>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => ask.mutate(values))} noValidate>
      <Stack gap="md">
        {ask.isError && (
          <Note tone="bad" role="alert">
            {present(ask.error).message}
          </Note>
        )}
        <TextInput label={access.email} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <Button type="submit" loading={ask.isPending}>
          {access.resetAsk}
        </Button>
      </Stack>
    </form>
  );
}
