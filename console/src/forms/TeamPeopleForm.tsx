// Choosing members to be put into a team, or to look after it.
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useChangeTeam, type Team, type TeamInstruction } from '../api/teams';
import { MembersField } from '../components/account/choices';
import { FormFailure } from '../components/FormFailure';
import { teamWords as words } from '../strings/teams';
import { tellDone } from '../ui/toast';

export interface TeamPeopleFormProps {
  team: Team;
  /** What is done with them, on the button. */
  act: string;
  step: (ids: string[]) => TeamInstruction;
  onDone: () => void;
}

export function TeamPeopleForm({ team, act, step, onDone }: TeamPeopleFormProps) {
  const [ids, setIds] = useState<string[]>([]);
  const [isAsked, setAsked] = useState(false);
  const change = useChangeTeam(team.key);
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (ids.length === 0) return;
    change.mutate([step(ids)], {
      onSuccess: () => {
        tellDone(words.added(ids.length, team.name));
        onDone();
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <MembersField
          label={words.members}
          data-autofocus
          value={ids}
          onChange={setIds}
          error={isAsked && ids.length === 0 && words.chooseSome}
        />
        <FormFailure error={change.error} />
        <Button type="submit" loading={change.isPending}>
          {act}
        </Button>
      </Stack>
    </form>
  );
}
