// Changing one's password, which the one that is has to be given for.
import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ownAccount, sessionsQuery } from '../api/auth';
import { FormFailure } from '../components/FormFailure';
import { access } from '../strings/access';
import { profileWords as words } from '../strings/profile';
import { tellDone } from '../ui/toast';
import { useWrite } from '../ui/writing';

const SHORTEST = 12; // characters

export function PasswordForm() {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { password: '', newPassword: '' },
    validate: {
      password: (value) => (value === '' ? access.passwordMissing : null),
      newPassword: (value, { password }) => {
        if (value.length < SHORTEST) return access.passwordShort;
        return value === password ? words.passwordSame : null;
      },
    },
  });
  const save = useWrite({
    mutationFn: ownAccount.changePassword,
    onSuccess: () => {
      form.reset();
      tellDone(words.changed);
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md" maw={360}>
        <PasswordInput label={words.current} autoComplete="current-password" {...form.getInputProps('password')} />
        <PasswordInput
          label={access.newPassword}
          description={access.passwordHint}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <FormFailure error={save.error} />
        <div>
          <Button type="submit" variant="default" loading={save.isPending}>
            {words.changePassword}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
