// A new secret for an access token; the old one may go on for a while.
import { Button, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useResetToken, type Token } from '../api/tokens';
import { present } from '../format/failure';
import { tokenWords as words } from '../strings/tokens';
import { Note } from '../ui/Note';
import { SecretOnce } from '../ui/SecretOnce';

const OVERLAPS = Object.entries(words.overlaps).map(([value, label]) => ({ value, label }));

export function TokenResetForm({ token, onDone }: { token: Token; onDone: () => void }) {
  const reset = useResetToken();
  const [overlap, setOverlap] = useState('0');
  if (reset.data) {
    return <SecretOnce label={words.created(token.name ?? '')} secret={reset.data.token} onDone={onDone} />;
  }
  const run = () => {
    const expiry = overlap === '0' ? undefined : Date.now() + Number(overlap);
    reset.mutate({ id: token._id, expiry });
  };
  return (
    <Stack gap="md">
      <Text>{words.resetText}</Text>
      <Select
        label={words.oldSecret}
        data={OVERLAPS}
        allowDeselect={false}
        value={overlap}
        onChange={(value) => setOverlap(value ?? '0')}
      />
      {reset.isError && (
        <Note tone="bad" role="alert">
          {present(reset.error).message}
        </Note>
      )}
      <Button onClick={run} loading={reset.isPending}>
        {words.reset}
      </Button>
    </Stack>
  );
}
