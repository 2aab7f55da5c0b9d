// Entries of the audit log as one reads them: by day, with their places, versions, and what can be restored.
import { auditWords as words } from '../strings/audit';
import type { Moment } from './moment';
import { readResource } from './specifiers';

export interface EntryParts {
  date: number;
  kind: string;
  titleVerb: string;
  accesses: { action: string; resource: string; access?: 'deny' }[];
  target: { resources: string[] };
  versions?: { environmentKey?: string; before?: number; after?: number }[];
}

export interface Day<T> {
  name: string;
  entries: T[];
}

const DAY = 24 * 3_600_000;

/** Entries in their order, under the days of the reader. */
export function byDay<T extends { date: number }>(entries: T[], now: number): Day<T>[] {
  const days: Day<T>[] = [];
  for (const entry of entries) {
    const name = dayName(entry.date, now);
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ name, entries: [entry] });
  }
  return days;
}

/** `Today, 21 November`; with its year where that is another one. */
export function dayName(at: number, now: number): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  const named = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
  const back = Math.round((midnight(now) - midnight(at)) / DAY);
  if (back === 0) return `${words.today}, ${named}`;
  if (back === 1) return `${words.yesterday}, ${named}`;
  return `${date.toLocaleDateString('en-GB', { weekday: 'long' })}, ${named}`;
}

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export const isDenied = ({ accesses }: Pick<EntryParts, 'accesses'>) => accesses.some(({ access }) => access === 'deny');

/** The keys of the environments that an entry is about. */
export function environmentKeysOf({ target }: Pick<EntryParts, 'target'>): string[] {
  const keys = target.resources.map((resource) => readResource(resource)?.environment);
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** `v57 → v58`; of a whole flag its own version, nothing where several things changed. */
export function versionChange({ versions = [] }: Pick<EntryParts, 'versions'>): string {
  const own = versions.find(({ environmentKey }) => environmentKey === undefined);
  const told = own ?? (versions.length === 1 ? versions[0] : undefined);
  if (told === undefined) return '';
  const [before, after] = [told.before, told.after].map((version) => (version === undefined ? undefined : `v${version}`));
  if (before === undefined) return after ?? '';
  return after === undefined ? `${before} → ${words.gone}` : `${before} → ${after}`;
}

/** The entry that made a version of a flag in an environment, or without one of what has no others. */
export const entryOfVersion = <T extends Pick<EntryParts, 'versions'>>(entries: T[], environment: string | undefined, version: number) =>
  entries.find(({ versions = [] }) =>
    versions.some(({ environmentKey, after }) => environmentKey === environment && after === version),
  );

/** The versions that entries have made of a flag in an environment, newest first. */
export const versionsMade = (entries: Pick<EntryParts, 'versions' | 'date'>[], environment: string) =>
  entries.flatMap(({ versions = [], date }) => {
    const made = versions.find(({ environmentKey }) => environmentKey === environment)?.after;
    return made === undefined ? [] : [{ version: made, date }];
  });

/** Where a context can be tried on a flag as an entry left it: in its environment, else in the one that is looked at. */
export interface Triable extends Moment {
  project: string;
  environment: string;
  flag: string;
}

/** The flag as an entry left it; undefined where there is none to try. */
export function triableAfter(entry: EntryParts, here: string): Triable | undefined {
  const resource = readResource(entry.target.resources[0] ?? '');
  const { versions = [], date } = entry;
  if (isDenied(entry) || resource?.type !== 'flag' || resource.project === undefined || versions.length === 0) return undefined;
  if (versions.some(({ after }) => after === undefined)) return undefined;
  const [told] = versions.length === 1 ? versions : versions.filter(({ environmentKey }) => environmentKey === here);
  const flag = { project: resource.project, flag: resource.key };
  if (told?.environmentKey === undefined || told.after === undefined) return { ...flag, environment: here, date };
  return { ...flag, environment: told.environmentKey, version: told.after };
}

/** What an entry can be taken back to: a version of a flag, of a flag in an environment, or of a segment. */
export interface Restorable {
  kind: 'flag' | 'segment';
  project: string;
  /** Without it the whole flag is meant. */
  environment?: string;
  key: string;
  version: number;
}

/** How to make things as they were before an entry, or why that cannot be. */
export function restorableBefore(entry: EntryParts): Restorable | string {
  if (isDenied(entry)) return words.nothingChanged;
  const [versions, ...more] = entry.versions ?? [];
  const resource = readResource(entry.target.resources[0] ?? '');
  if (versions === undefined || resource?.project === undefined) return words.notRestorable;
  const told = [versions, ...more].find(({ environmentKey }) => environmentKey === undefined) ?? versions;
  if (told.before === undefined) return words.createdHere;
  if (told.after === undefined) return words.deletedHere;
  const { project, type, key } = resource;
  if (type === 'segment' && resource.environment !== undefined) {
    return { kind: 'segment', project, environment: resource.environment, key, version: told.before };
  }
  if (type !== 'flag') return words.notRestorable;
  const place = told.environmentKey === undefined ? {} : { environment: told.environmentKey };
  return { kind: 'flag', project, ...place, key, version: told.before };
}
