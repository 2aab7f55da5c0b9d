// What SDKs tell as it arrives: evaluations by flag, counted each second, and single events.

export interface LiveEvent {
  kind: string;
  key: string;
  at: number;
  variation?: number | null;
  value?: number | null;
  contexts?: unknown;
  data?: unknown;
}

/** What arrived of one environment within about a second. */
export interface Live {
  environment: string;
  events: LiveEvent[];
  moreEvents: number;
  served: { key: string; variation: number | null; count: number }[];
  moreServed: number;
}

export const AT_ONCE = 20; // lines of what is told together, which is of about a second: more than that nobody reads

export interface Entry {
  id: number;
  /** What was told together has one. */
  batch: number;
  at: number;
  /** `served` for counted evaluations. */
  kind: string;
  key: string;
  variation: number | null;
  count: number;
  /** What is told of it, whole. */
  raw: unknown;
}

export const asLive = (data: string): Live => JSON.parse(data) as Live;

/** The lines of what arrived, newest first; `next` numbers them, `now` dates what has no time of its own. */
export function entriesOf(live: Live, now: number, next: number): Entry[] {
  const served = live.served.map((one) => ({ at: now, kind: 'served', ...one, raw: one }));
  const events = live.events.map(({ variation = null, ...event }) => ({
    at: event.at,
    kind: event.kind,
    key: event.key,
    variation,
    count: 1,
    raw: { ...event, variation },
  }));
  return [...served, ...events].map((entry, place) => ({ ...entry, batch: next, id: next + place }));
}

/** How many evaluations and events arrived, shown or not. */
export const arrivedIn = (live: Live): number =>
  live.served.reduce((sum, { count }) => sum + count, live.moreServed) + live.events.length + live.moreEvents;

/** Whether an entry has the words of a filter in its kind or key. */
export const fitsFilter = ({ kind, key }: Entry, text: string): boolean =>
  `${kind} ${key}`.toLowerCase().includes(text.trim().toLowerCase());

/** The lines that are shown of those that fit a filter: of what is told together a few, counted and single ones alike. */
export function linesOf(entries: readonly Entry[], text: string): Entry[] {
  const batches = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (fitsFilter(entry, text)) batches.set(entry.batch, [...(batches.get(entry.batch) ?? []), entry]);
  }
  return [...batches.values()].flatMap(fewOf);
}

function fewOf(batch: Entry[]): Entry[] {
  const [served, single] = [batch.filter(({ kind }) => kind === 'served'), batch.filter(({ kind }) => kind !== 'served')];
  const singles = single.slice(0, Math.max(AT_ONCE / 2, AT_ONCE - served.length));
  return [...served.slice(0, AT_ONCE - singles.length), ...singles];
}
