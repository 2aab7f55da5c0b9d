// How many connections there were over time: stretches that were counted, and their extremes.
import { timeTicks, type Tick } from './timeAxis';

/** What was counted at a time. */
export interface Count {
  at: number;
  streams: number;
  polling: number;
}

const APART = 150_000; // milliseconds between two counts from which on one was missed
const CLEAR = 0.14; // of the width, that a tick stays away from those at both ends

/** The counts in stretches without a gap. */
export function stretchesOf(counts: readonly Count[]): Count[][] {
  const stretches: Count[][] = [];
  for (const one of counts) {
    const last = stretches.at(-1);
    if (last !== undefined && one.at - (last.at(-1)?.at ?? 0) < APART) last.push(one);
    else stretches.push([one]);
  }
  return stretches;
}

/** The fewest and the most of a kind, each when it was first counted; undefined where there never was one. */
export function extremesOf(counts: readonly Count[], kind: 'streams' | 'polling'): { fewest: Count; most: Count } | undefined {
  const [first] = counts;
  if (first === undefined) return undefined;
  let [fewest, most] = [first, first];
  for (const one of counts) {
    if (one[kind] < fewest[kind]) fewest = one;
    if (one[kind] > most[kind]) most = one;
  }
  return most[kind] === 0 ? undefined : { fewest, most };
}

/** Times below the counts: the first, the last, which is now, and whole hours between. */
export function countTicks(begin: Tick, end: Tick, most = 4): Tick[] {
  const clear = (end.at - begin.at) * CLEAR;
  const between = timeTicks(begin.at, end.at, most).filter(({ at }) => at - begin.at > clear && end.at - at > clear);
  return [begin, ...between, end];
}
