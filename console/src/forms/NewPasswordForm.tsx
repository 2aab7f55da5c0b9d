// Choosing a new password by a link, with a code where the member has a second factor.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { auth, type Session } from '../api/auth';
import { Failure, present } from '../format/failure';
import { access } from '../strings/access';
import { useWrite } from '../ui/writing';

export interface NewPasswordFormProps {
  token: string;
  /** Whether the member has a second factor. */
  asksCode: boolean;
  onSaved: (session: Session) => void;
}

export function NewPasswordForm({ token, asksCode, onSaved }: NewPasswordFormProps) {
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? access.passwordMissing : null),
      code: (value) => (asksCode && value.trim() === '' ? access.codeMissing : null),
    },
  });
  const save = useWrite({
    mutationFn: ({ password, code }: typeof form.values) =>
      auth.setPassword(token, { password, ...(asksCode && { code: code.trim() }) }),
    onSuccess: onSaved,
  });
  const isCodeWrong = save.error instanceof Failure && save.error.code === 'invalid_code';
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        <PasswordInput
          label={access.newPassword}
          description={access.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('password')}
          error={form.errors.password ?? (save.isError && !isCodeWrong && present(save.error).message)}
        />
        {asksCode && (
          <TextInput
            label={access.code}
            description={access.codeHint}
            autoComplete="one-time-code"
            {...form.getInputProps('code')}
            error={form.errors.code ?? (isCodeWrong && access.codeWrong)}
          />
        )}
        <Button type="submit" loading={save.isPending}>
          {access.resetSave}
        </Button>
      </Stack>
    </form>
  );
}
