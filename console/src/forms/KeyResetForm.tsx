// A new key of an environment; the old SDK key may go on for a while, so that programs can be given the new one.
import { Button, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useResetMobileKey, useResetSdkKey } from '../api/environments';
import type { Environment } from '../api/places';
import { FormFailure } from '../components/FormFailure';
import { environmentWords as words } from '../strings/environments';
import { SecretOnce } from '../ui/SecretOnce';

const OVERLAPS = Object.entries(words.overlaps).map(([value, label]) => ({ value, label }));
const USUAL = '86400000';

export interface KeyResetFormProps {
  project: string;
  environment: Environment;
  kind: 'sdk' | 'mobile';
  onDone: () => void;
}

export function KeyResetForm({ project, environment, kind, onDone }: KeyResetFormProps) {
  const sdk = useResetSdkKey();
  const mobile = useResetMobileKey();
  const reset = kind === 'sdk' ? sdk : mobile;
  const name = kind === 'sdk' ? words.sdkKey : words.mobileKey;
  const [overlap, setOverlap] = useState(USUAL);
  const place = { project, environment: environment.key };
  if (reset.data) {
    const secret = kind === 'sdk' ? reset.data.apiKey : reset.data.mobileKey;
    return <SecretOnce label={words.newKey(name, environment.name)} secret={secret} hint={words.newKeyHint} onDone={onDone} />;
  }
  const run = () => {
    if (kind === 'mobile') mobile.mutate(place);
    else sdk.mutate({ ...place, expiry: overlap === '0' ? undefined : Date.now() + Number(overlap) });
  };
  return (
    <Stack gap="md">
      <Text>{kind === 'sdk' ? words.resetSdkText : words.resetMobileText}</Text>
      {kind === 'sdk' && (
        <Select
          label={words.oldKey}
          data={OVERLAPS}
          allowDeselect={false}
          value={overlap}
          onChange={(value) => setOverlap(value ?? USUAL)}
        />
      )}
      <FormFailure error={reset.error} />
      <Button onClick={run} loading={reset.isPending} data-autofocus>
        {words.reset(name)}
      </Button>
    </Stack>
  );
}
