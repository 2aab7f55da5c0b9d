// Turning a second factor on: the secret for the app, the first code, and recovery codes, shown once.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ownAccount, type Factor } from '../api/auth';
import { FormFailure } from '../components/FormFailure';
import { access } from '../strings/access';
import { profileWords as words } from '../strings/profile';
import { Failure } from '../format/failure';
import { CopyChip } from '../ui/KeyPill';
import { QrCode } from '../ui/QrCode';
import { SecretOnce } from '../ui/SecretOnce';
import { useWrite } from '../ui/writing';

export function FactorForm({ factor, onDone }: { factor: Factor; onDone: () => void }) {
  const [code, setCode] = useState('');
  const [isAsked, setAsked] = useState(false);
  const confirm = useWrite({ mutationFn: ownAccount.confirmFactor });
  if (confirm.data) {
    const codes = confirm.data.recoveryCodes.join('\n');
    return <SecretOnce label={words.recovery} secret={codes} hint={words.recoveryHint} onDone={onDone} />;
  }
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (code.trim() !== '') confirm.mutate(code.trim());
  };
  const isWrong = confirm.error instanceof Failure && confirm.error.code === 'invalid_code';
  const missing = isAsked && code.trim() === '' && words.codeMissing;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{words.scan}</Text>
        <Group gap="lg">
          <QrCode text={factor.uri} label={words.qr} />
          <div>
            <Text fw={550}>{words.secret}</Text>
            <CopyChip value={factor.secret} what={words.secret} />
          </div>
        </Group>
        <TextInput
          label={words.code}
          autoComplete="one-time-code"
          inputMode="numeric"
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={missing || (isWrong && access.codeWrong)}
        />
        {!isWrong && <FormFailure error={confirm.error} />}
        <Button type="submit" loading={confirm.isPending}>
          {words.confirm}
        </Button>
      </Stack>
    </form>
  );
}
