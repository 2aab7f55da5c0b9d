// What arrives of an environment while one looks: the newest lines, and how much there was in all.
import { useEffect, useReducer } from 'react';
import { watchLive } from '../../api/stream';
import { ARRIVING, arriving, waitingIn } from '../../format/arriving';

export function useArriving(project: string, environment: string) {
  const [state, act] = useReducer(arriving, ARRIVING);
  useEffect(() => watchLive(project, environment, (live) => act({ live, now: Date.now() })), [project, environment]);
  const { entries, isPaused, arrived, heard } = state;
  return { entries, arrived, heard, isPaused, waiting: waitingIn(state), setPaused: (now: boolean) => act({ isPaused: now }) };
}
