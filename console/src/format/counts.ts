// How many connections there were over time: steps that were counted, their extremes, and lines through them.
import { connectionWords as words } from '../strings/connections';
import type { Cell } from './csv';
import { timeTicks, type Tick } from './timeAxis';

/** The fewest and the most that there were in the step that begins `at`. */
export interface Count {
  at: number;
  streams: number;
  mostStreams: number;
  polling: number;
  mostPolling: number;
}

export interface History {
  begin: number;
  step: number;
  points: number;
  counts: readonly Count[];
}

/** Hours that can be looked at, by their name in the address. */
export const SPANS = { '1h': 1, '12h': 12, '24h': 24, '7d': 168 } as const;
export type Span = keyof typeof SPANS;
export const USUAL_SPAN: Span = '24h';

export const readSpan = (search: URLSearchParams): Span => {
  const named = search.get('span') ?? '';
  return Object.hasOwn(SPANS, named) ? (named as Span) : USUAL_SPAN;
};

export type Kind = 'streams' | 'polling';
const MOST = { streams: 'mostStreams', polling: 'mostPolling' } as const;
const CLEAR = 0.16; // of the width, that a tick stays away from the end

/** For each step what was counted; undefined where nobody counted. */
export function stepsOf({ begin, step, points, counts }: History): (Count | undefined)[] {
  const steps = new Array<Count | undefined>(points).fill(undefined);
  for (const one of counts) steps[Math.round((one.at - begin) / step)] = one;
  return steps;
}

export const rangeOf = (count: Count, kind: Kind): [fewest: number, most: number] => [count[kind], count[MOST[kind]]];

/** The fewest and the most of a kind, each when it was first counted; undefined where there never was one. */
export function extremesOf(counts: readonly Count[], kind: Kind): { fewest: Count; most: Count } | undefined {
  const [first] = counts;
  if (first === undefined) return undefined;
  let [fewest, most] = [first, first];
  for (const one of counts) {
    if (one[kind] < fewest[kind]) fewest = one;
    if (one[MOST[kind]] > most[MOST[kind]]) most = one;
  }
  return most[MOST[kind]] === 0 ? undefined : { fewest, most };
}

/** A point of a line, and how high the area above it reaches. */
export interface Height {
  place: number;
  low: number;
  high: number;
}

/** Lines without gaps: a count stands in the middle of its step, and a line reaches to where its steps begin and end. */
export function linesOf(steps: readonly (Count | undefined)[], kind: Kind): Height[][] {
  const lines: Height[][] = [];
  steps.forEach((count, place) => {
    if (count === undefined) return;
    const [low, high] = rangeOf(count, kind);
    const isNew = place === 0 || steps[place - 1] === undefined;
    if (isNew) lines.push([{ place, low, high }]);
    const line = lines.at(-1);
    line?.push({ place: place + 0.5, low, high });
    if (steps[place + 1] === undefined) line?.push({ place: place + 1, low, high });
  });
  return lines;
}

/** Times below the counts, in steps from their beginning: whole hours or days, and now. */
export function countTicks({ begin, step, points }: History, most = 4): Tick[] {
  const ticks = timeTicks(begin, begin + points * step, most).map(({ at, label }) => ({ at: (at - begin) / step, label }));
  return [...ticks.filter(({ at }) => at < points * (1 - CLEAR)), { at: points, label: words.now }];
}

/** For each step the fewest and the most of both kinds; empty where nobody counted. */
export const cellsOf = (steps: readonly (Count | undefined)[]): Cell[][] =>
  steps.map((one) => (one === undefined ? ['', '', '', ''] : [...rangeOf(one, 'streams'), ...rangeOf(one, 'polling')]));
