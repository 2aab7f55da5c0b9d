// A new secret in place of an old one, which may go on for a while.
import { Button, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FormFailure } from '../components/FormFailure';
import { secretWords as words } from '../strings/secrets';
import { SecretOnce } from '../ui/SecretOnce';
import { useWrite } from '../ui/writing';

const OVERLAPS = Object.entries(words.overlaps).map(([value, label]) => ({ value, label }));

export interface SecretResetFormProps {
  /** What the new secret is: “Access token terraform-ci”. */
  label: string;
  /** What follows from it. */
  text: string;
  /** What the button says. */
  act: string;
  /** Makes the secret; the old one works until `expiry`, in milliseconds, or ends at once. */
  run: (expiry: number | undefined) => Promise<string>;
  onDone: () => void;
}

export function SecretResetForm({ label, text, act, run, onDone }: SecretResetFormProps) {
  const [overlap, setOverlap] = useState('0');
  const reset = useWrite({ mutationFn: run });
  if (reset.data !== undefined) return <SecretOnce label={label} secret={reset.data} onDone={onDone} />;
  return (
    <Stack gap="md">
      <Text>{text}</Text>
      <Select
        label={words.oldSecret}
        data={OVERLAPS}
        allowDeselect={false}
        value={overlap}
        onChange={(value) => setOverlap(value ?? '0')}
      />
      <FormFailure error={reset.error} />
      <Button
        onClick={() => reset.mutate(overlap === '0' ? undefined : Date.now() + Number(overlap))}
        loading={reset.isPending}
      >
        {act}
      </Button>
    </Stack>
  );
}
