// The lines of what arrives while one looks: the newest, held back while it is paused, and how much there was in all.
import { arrivedIn, entriesOf, type Entry, type Live } from './live';

export const KEPT = 500; // lines
const SAID_EVERY = 10_000; // milliseconds between what is read out

export interface Arriving {
  entries: Entry[];
  /** The newest lines of what arrived while it is paused. */
  held: Entry[];
  isPaused: boolean;
  next: number;
  arrived: number;
  /** How many had arrived when it was paused. */
  arrivedBefore: number;
  /** How many had arrived when it was read out last, and when that was. */
  heard: number;
  heardAt: number;
}

export type ArrivingAct = { live: Live; now: number } | { isPaused: boolean };

export const ARRIVING: Arriving = {
  entries: [],
  held: [],
  isPaused: false,
  next: 0,
  arrived: 0,
  arrivedBefore: 0,
  heard: 0,
  heardAt: 0,
};
const newest = (entries: Entry[]) => entries.slice(0, KEPT);

export function arriving(state: Arriving, act: ArrivingAct): Arriving {
  if ('isPaused' in act) {
    return act.isPaused
      ? { ...state, isPaused: true, arrivedBefore: state.arrived }
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

/** How many events arrived since it was paused, those whose lines are not kept as well. */
export const waitingIn = ({ isPaused, arrived, arrivedBefore }: Arriving): number => (isPaused ? arrived - arrivedBefore : 0);
