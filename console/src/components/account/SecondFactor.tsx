// Whether signing in takes a code, and turning that on or off; the forms are given.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ownAccount, sessionQuery, type Factor } from '../../api/auth';
import { profileWords as words } from '../../strings/profile';
import { Dialog } from '../../ui/Dialog';
import { tellDone } from '../../ui/toast';
import { useWrite } from '../../ui/writing';
import { FormFailure } from '../FormFailure';
import { Section } from '../Section';

export interface SecondFactorProps {
  turnOn: (factor: Factor, done: () => void) => ReactNode;
  turnOff: (done: () => void) => ReactNode;
}

export function SecondFactor({ turnOn, turnOff }: SecondFactorProps) {
  const isOn = useQuery(sessionQuery).data?.secondFactor ?? false;
  const client = useQueryClient();
  const [isEnding, setEnding] = useState(false);
  const begin = useWrite({ mutationFn: ownAccount.beginFactor });
  const refresh = () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  const close = () => {
    begin.reset();
    setEnding(false);
    refresh();
  };
  const button = isOn ? (
    <Button variant="default" onClick={() => setEnding(true)}>
      {words.turnOff}
    </Button>
  ) : (
    <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
      {words.turnOn}
    </Button>
  );
  return (
    <Section title={words.factor} hint={isOn ? words.factorOnText : words.factorOffText} actions={button}>
      <FormFailure error={begin.error} />
      {begin.data && (
        <Dialog title={words.turnOn} onClose={close} closesOutside={false}>
          {turnOn(begin.data, close)}
        </Dialog>
      )}
      {isEnding && (
        <Dialog title={words.turnOff} onClose={close}>
          {turnOff(() => {
            tellDone(words.turnedOff);
            close();
          })}
        </Dialog>
      )}
    </Section>
  );
}
