// Choosing members to be put into a team, or to look after it.
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useChangeTeam, type Team, type TeamInstruction } from '../api/teams';
import { MembersField } from '../components/account/choices';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { teamWords as words } from '../strings/teams';
import { useDraft } from '../ui/draft';
import { tellDone } from '../ui/toast';

const NOBODY: string[] = [];

export interface TeamPeopleFormProps {
  team: Team;
  /** What is done with them, on the button. */
  act: string;
  step: (ids: string[]) => TeamInstruction;
  onDone: () => void;
}

export function TeamPeopleForm({ team, act, step, onDone }: TeamPeopleFormProps) {
  const { value: ids, set, clear, restoredFrom } = useDraft(`form:team-people:${team.key}/${act}`, NOBODY);
  const [isAsked, setAsked] = useState(false);
  const change = useChangeTeam(team.key);
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (ids.length === 0) return;
    change.mutate([step(ids)], {
      onSuccess: () => {
        clear();
        tellDone(words.added(ids.length, team.name));
      },
      onHere: onDone,
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={clear} />
        <MembersField
          label={words.members}
          data-autofocus
          value={ids}
          onChange={set}
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
