// How a change came to the streams: the share that had it, by milliseconds; and what it usually is.
import { connectionWords as words } from '../strings/connections';
import { count, counted } from './number';

/** A share from 0 to 1, and the milliseconds within which so many had it. */
export interface Arrived {
  ms: number;
  share: number;
}

const USUAL = 3; // changes from which on one can speak of what is usual

/** From nothing to all; `arrivals` are those of equal parts, one after another. */
export const curveOf = (arrivals: readonly number[]): Arrived[] => [
  { ms: 0, share: 0 },
  ...arrivals.map((ms, part) => ({ ms, share: (part + 1) / arrivals.length })),
];

/** The points that can be read: of several at the same time the last. */
export const readable = (curve: readonly Arrived[]) => curve.filter(({ ms }, at) => curve[at + 1]?.ms !== ms);

/** The last of some points that was there by then; the first before that. */
export const pointBy = (points: readonly Arrived[], ms: number) => Math.max(0, points.findLastIndex((point) => point.ms <= ms));

/** The share that had it by then. */
export const shareBy = (curve: readonly Arrived[], ms: number) => curve.findLast((point) => point.ms <= ms)?.share ?? 0;

/** The median of several changes for each part; undefined where there are too few. */
export function usualArrivals(changes: readonly (readonly number[])[]): number[] | undefined {
  const told = changes.filter((arrivals) => arrivals.length > 0);
  if (told.length < USUAL) return undefined;
  return (told[0] ?? []).map((_, part) => median(told.map((arrivals) => arrivals[part] ?? 0)));
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? 0)) / 2;
}

interface Holder {
  sdk: string;
  application: string;
  connections: number;
  upToDate: number;
}

/** Who does not hold the newest version, by application or, where it has no name, by SDK. */
export function stragglersOf(holders: readonly Holder[]): { name: string; behind: number }[] {
  const found = new Map<string, number>();
  for (const { sdk, application, connections, upToDate } of holders) {
    const name = application === '' ? sdk : application;
    if (connections > upToDate) found.set(name, (found.get(name) ?? 0) + connections - upToDate);
  }
  return [...found].map(([name, behind]) => ({ name, behind })).sort((one, other) => other.behind - one.behind);
}

const NAMED = 3; // stragglers by name

/** Which streams hold an older version, and what that means; nothing where none does. */
export function tellBehind(streams: { connections: number; upToDate: number; sdks: readonly Holder[] }): [string, string] | undefined {
  const { upToDate } = streams;
  const behind = streams.connections - upToDate;
  if (behind <= 0) return undefined;
  const stragglers = stragglersOf(streams.sdks);
  const names = stragglers.slice(0, NAMED).map(({ name }) => name);
  const told = words.behind(counted(behind, 'stream'), behind === 1, names, stragglers.length - NAMED);
  const others = upToDate > 0 ? ` ${words.othersCurrent(count(upToDate), upToDate === 1)}` : '';
  return [told, words.serveOld(behind === 1) + others];
}
