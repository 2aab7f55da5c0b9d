// The name of the first flag.
import { Button, TextInput } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useMakeFirstFlag } from '../api/makeFlag';
import { FormFailure } from '../components/FormFailure';
import classes from '../components/welcome/welcome.module.css';
import { keyFromName } from '../format/resourceKey';
import { welcomeWords as words } from '../strings/live';
import { words as shared } from '../strings/shared';
import { useDraft } from '../ui/draft';

export interface FirstFlagFormProps {
  project: string;
  environment: string;
  onMade: (key: string) => void;
}

export function FirstFlagForm({ project, environment, onMade }: FirstFlagFormProps) {
  const make = useMakeFirstFlag();
  const { value: name, set: setName, clear } = useDraft<string>(`first-flag:${project}`, words.usual);
  const key = keyFromName(name);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (key !== '') make.mutate({ project, environment, name: name.trim(), key }, { onSuccess: clear, onHere: (flag) => onMade(flag.key) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.make}>
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={key === '' ? shared.badKey : undefined}
        />
        <Button type="submit" loading={make.isPending} disabled={key === ''}>
          {words.makeIt}
        </Button>
      </div>
      <FormFailure error={make.error} />
    </form>
  );
}
