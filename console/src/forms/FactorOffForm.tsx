// Turning the second factor off, which takes the password.
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ownAccount } from '../api/auth';
import { FormFailure } from '../components/FormFailure';
import { access } from '../strings/access';
import { profileWords as words } from '../strings/profile';
import { useWrite } from '../ui/writing';

export function FactorOffForm({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const end = useWrite({ mutationFn: ownAccount.endFactor, onSuccess: onDone });
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (password !== '') end.mutate(password);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{words.offText}</Text>
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isAsked && password === '' && access.passwordMissing}
        />
        <FormFailure error={end.error} />
        <Button type="submit" color="red" loading={end.isPending}>
          {words.turnOff}
        </Button>
      </Stack>
    </form>
  );
}
