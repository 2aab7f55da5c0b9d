// Accepting an invitation: who one is, and a password.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { auth, type Session } from '../api/auth';
import { present } from '../format/failure';
import { access } from '../strings/access';
import { Note } from '../ui/Note';
import { useWrite } from '../ui/writing';

export function JoinForm({ token, onJoined }: { token: string; onJoined: (session: Session) => void }) {
  const form = useForm({
    initialValues: { firstName: '', lastName: '', password: '' },
    validate: { password: (value) => (value === '' ? access.passwordMissing : null) },
  });
  const join = useWrite({
    mutationFn: (values: typeof form.values) => auth.join(token, values),
    onSuccess: onJoined,
  });
  const refused = join.isError ? present(join.error, ['password']) : undefined;
  return (
    <form onSubmit={form.onSubmit((values) => join.mutate(values))} noValidate>
      <Stack gap="md">
        {refused && refused.field === undefined && (
          <Note tone="bad" role="alert">
            {refused.message}
          </Note>
        )}
        <TextInput label={access.firstName} autoComplete="given-name" {...form.getInputProps('firstName')} />
        <TextInput label={access.lastName} autoComplete="family-name" {...form.getInputProps('lastName')} />
        <PasswordInput
          label={access.password}
          description={access.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('password')}
          error={form.errors.password ?? (refused?.field === 'password' && refused.message)}
        />
        <Button type="submit" loading={join.isPending}>
          {access.join}
        </Button>
      </Stack>
    </form>
  );
}
