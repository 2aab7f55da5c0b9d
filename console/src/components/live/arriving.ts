// What arrives of an environment while one looks: the newest lines, and how much there was in all.
import { useEffect, useReducer } from 'react';
import { watchLive } from '../../api/stream';
import { arrivedIn, entriesOf, type Entry, type Live } from '../../format/live';

const KEPT = 500; // lines
const SAID_EVERY = 10_000; // milliseconds between what is read out

interface State {
  entries: Entry[];
  /** What arrived while it is paused. */
  held: Entry[];
  isPaused: boolean;
  next: number;
  arrived: number;
  /** How many had arrived when it was read out last, and when that was. */
  heard: number;
  heardAt: number;
}

type Act = { live: Live; now: number } | { isPaused: boolean };

const START: State = { entries: [], held: [], isPaused: false, next: 0, arrived: 0, heard: 0, heardAt: 0 };
const newest = (entries: Entry[]) => entries.slice(0, KEPT);

function reduce(state: State, act: Act): State {
  if ('isPaused' in act) {
    return act.isPaused
      ? { ...state, isPaused: true }
      : { ...state, isPaused: false, entries: newest([...state.held, ...state.entries]), held: [] };
  }
  const found = entriesOf(act.live, act.now, state.next);
  const arrived = state.arrived + arrivedIn(act.live);
  const isSaid = act.now - state.heardAt >= SAID_EVERY;
  return {
    ...state,
    next: state.next + found.length,
    arrived,
    ...(isSaid && { heard: arrived, heardAt: act.now }),
    ...(state.isPaused ? { held: newest([...found, ...state.held]) } : { entries: newest([...found, ...state.entries]) }),
  };
}

export function useArriving(project: string, environment: string) {
  const [state, act] = useReducer(reduce, START);
  useEffect(() => watchLive(project, environment, (live) => act({ live, now: Date.now() })), [project, environment]);
  const { entries, held, isPaused, arrived, heard } = state;
  return { entries, arrived, heard, isPaused, waiting: held.length, setPaused: (now: boolean) => act({ isPaused: now }) };
}
