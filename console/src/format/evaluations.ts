// The view of the evaluations of a flag, as its address has it; and what is told of them beside the chart.
import { evaluationWords as words } from '../strings/evaluations';
import type { Cell } from './csv';

/** Hours that can be looked at, by their name in the address; the first is meant where none is named. */
export const SPANS = { '24h': 24, '7d': 168, '30d': 720 } as const;
export type Span = keyof typeof SPANS;

/** Hours between two weeks. */
export const WEEK = 168;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FEW = 100; // evaluations, of which a share says nothing yet

export const readSpan = (search: URLSearchParams): Span => {
  const named = search.get('span') ?? '';
  return Object.hasOwn(SPANS, named) ? (named as Span) : '24h';
};

/** The shortest span in which something was asked for, if that is another one. */
export function spanWith(last: number, now: number, current: Span): Span | undefined {
  const found = (Object.keys(SPANS) as Span[]).find((span) => now - last < (SPANS[span] / 24) * DAY);
  return found === current ? undefined : found;
}

/** What small numbers do not tell; undefined where they are enough. */
export const tooFew = (count: number) => (count > 0 && count < FEW ? words.tooFew(count) : undefined);

interface Counted {
  label: string;
  series: readonly number[];
}

/** For each point the counts and their sum; empty in gaps. */
export function countsOf(layers: readonly Counted[], points: number, gaps: readonly number[]): Cell[][] {
  return Array.from({ length: points }, (_, at) => {
    if (gaps.includes(at)) return [...layers.map(() => ''), ''];
    const counts = layers.map(({ series }) => series[at] ?? 0);
    return [...counts, counts.reduce((sum, count) => sum + count, 0)];
  });
}

interface Found {
  begin: number;
  step: number;
  points: number;
  gaps: readonly number[];
  variations: readonly { series: readonly number[] }[];
}

/** The sum of each point of the same time a week earlier, undefined in gaps; nothing where that is not at hand. */
export function sumsBefore(found: Found, earlier: Found | undefined): (number | undefined)[] | undefined {
  if (earlier === undefined || found.begin - earlier.begin !== WEEK * HOUR || found.step !== earlier.step) return undefined;
  const sum = (at: number) => earlier.variations.reduce((before, { series }) => before + (series[at] ?? 0), 0);
  return Array.from({ length: earlier.points }, (_, at) => (earlier.gaps.includes(at) ? undefined : sum(at)));
}

/** `user with organization`; of SDKs that told none, that. */
export const kindsName = (kinds: readonly string[]) => (kinds.length === 0 ? words.noKinds : kinds.join(words.kindsWith));
