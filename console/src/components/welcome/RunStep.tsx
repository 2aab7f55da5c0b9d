// Waits for the program: says when its SDK is connected, and lights up when it has asked for the flag.
import { Button } from '@mantine/core';
import { IconAccessPoint, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { connectionsQuery } from '../../api/connections';
import type { Environment } from '../../api/places';
import { watchLive } from '../../api/stream';
import { counted } from '../../format/number';
import { welcomeWords as words } from '../../strings/live';
import { Checks } from './Checks';
import classes from './welcome.module.css';

export interface RunStepProps {
  project: string;
  environment: Environment;
  flag: string;
  onArrived: () => void;
}

export function RunStep({ project, environment, flag, onArrived }: RunStepProps) {
  const [arrived, setArrived] = useState(0);
  const [isHelped, setHelped] = useState(false);
  const found = useQuery(connectionsQuery(project, environment.key)).data;
  const sdk = [...(found?.streams.sdks ?? []), ...(found?.polling.sdks ?? [])][0];
  useEffect(
    () =>
      watchLive(project, environment.key, ({ served }) => {
        const times = served.filter(({ key }) => key === flag).reduce((sum, one) => sum + one.count, 0);
        if (times > 0) setArrived((before) => before + times);
      }),
    [project, environment.key, flag],
  );
  useEffect(() => {
    if (arrived > 0) onArrived();
  }, [arrived, onArrived]);
  const state = arrived > 0 ? 'arrived' : sdk ? 'connected' : 'waiting';
  const told = {
    waiting: [words.waiting, words.waitingText],
    connected: [words.connected, words.connectedAs(`${sdk?.sdk ?? ''} ${sdk?.sdkVersion ?? ''}`.trim())],
    arrived: [words.arrived, words.arrivedText(counted(arrived, 'evaluation'))],
  }[state];
  return (
    <>
      <div className={classes.run} data-state={state} role="status">
        <span className={classes.light} aria-hidden>
          {state === 'arrived' ? <IconCheck size={18} /> : <IconAccessPoint size={18} stroke={1.6} />}
        </span>
        <div style={{ flex: 1, minWidth: 200 }}>
          <b>{told[0]}</b>
          <p>{told[1]}</p>
        </div>
        {state !== 'arrived' && (
          <Button variant="subtle" color="gray" onClick={() => setHelped(!isHelped)} aria-expanded={isHelped}>
            {words.doesNot}
          </Button>
        )}
      </div>
      {isHelped && state !== 'arrived' && (
        <Checks project={project} environment={environment} />
      )}
    </>
  );
}
