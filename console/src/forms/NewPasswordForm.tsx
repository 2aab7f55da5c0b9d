// Choosing a new password by the link of a mail.
import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { auth, type Session } from '../api/auth';
import { present } from '../format/failure';
import { access } from '../strings/access';

export function NewPasswordForm({ token, onSaved }: { token: string; onSaved: (session: Session) => void }) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? access.passwordMissing : null) },
  });
  const save = useMutation({
    mutationFn: ({ password }: typeof form.values) => auth.setPassword(token, password),
    onSuccess: onSaved,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        <PasswordInput
          label={access.newPassword}
          description={access.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('password')}
          error={form.errors.password ?? (save.isError && present(save.error).message)}
        />
        <Button type="submit" loading={save.isPending}>
          {access.resetSave}
        </Button>
      </Stack>
    </form>
  );
}
