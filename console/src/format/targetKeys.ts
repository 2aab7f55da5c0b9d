// The keys of one kind that get a variation: against what is saved, against a list that is pasted, and as they are shown.
import { giveKeys } from './individual';
import type { Target } from './steps';

/** Whose keys: of a context kind, for a variation by its index. */
export interface KeysOf {
  contextKind: string;
  variation: number;
}

export interface ShownKey {
  key: string;
  tone?: 'added' | 'removed';
}

/** A list that is typed or pasted, against the targets of now. */
export interface Compared {
  fresh: string[];
  here: string[];
  elsewhere: { key: string; variation: number }[];
  /** Those here that the list does not have. */
  missing: string[];
}

export const keysIn = (targets: readonly Target[], { contextKind, variation }: KeysOf): string[] =>
  targets.filter((one) => one.contextKind === contextKind && one.variation === variation).flatMap(({ values }) => values);

export function compareKeys(targets: readonly Target[], of: KeysOf, keys: readonly string[]): Compared {
  const held = new Map(
    targets
      .filter(({ contextKind }) => contextKind === of.contextKind)
      .flatMap(({ variation, values }) => values.map((key) => [key, variation] as const)),
  );
  const given = new Set(keys);
  const found: Compared = { fresh: [], here: [], elsewhere: [], missing: keysIn(targets, of).filter((key) => !given.has(key)) };
  for (const key of given) {
    const variation = held.get(key);
    if (variation === undefined) found.fresh.push(key);
    else if (variation === of.variation) found.here.push(key);
    else found.elsewhere.push({ key, variation });
  }
  return found;
}

/** The targets with these keys here, too; another variation that has one loses it. */
export const addKeys = (targets: readonly Target[], of: KeysOf, keys: readonly string[]): Target[] =>
  giveKeys(targets, of.contextKind, of.variation, [...new Set([...keysIn(targets, of), ...keys])]);

export function removeKeys(targets: readonly Target[], of: KeysOf, keys: readonly string[]): Target[] {
  const gone = new Set(keys);
  const left = keysIn(targets, of).filter((key) => !gone.has(key));
  return giveKeys(targets, of.contextKind, of.variation, left);
}

/** What is not saved yet stands first: added, then removed; then the others in their order. */
export function shownKeys(now: readonly Target[], before: readonly Target[], of: KeysOf): ShownKey[] {
  const [are, were] = [keysIn(now, of), keysIn(before, of)];
  const [isNow, wasBefore] = [new Set(are), new Set(were)];
  return [
    ...are.filter((key) => !wasBefore.has(key)).map((key) => ({ key, tone: 'added' as const })),
    ...were.filter((key) => !isNow.has(key)).map((key) => ({ key, tone: 'removed' as const })),
    ...are.filter((key) => wasBefore.has(key)).map((key) => ({ key })),
  ];
}

/** Every list of keys there is or was, in the order of the variations. */
export function listsIn(now: readonly Target[], before: readonly Target[]): KeysOf[] {
  const all = [...now, ...before].filter(({ values }) => values.length > 0);
  const found = new Map(all.map(({ contextKind, variation }) => [`${variation} ${contextKind}`, { contextKind, variation }]));
  return [...found.values()].sort((one, other) => one.variation - other.variation);
}

const SEPARATORS = /[,;\t]/;

/** The keys in a file: of each line the first column, with or without quotes. */
export function keysInFile(text: string): string[] {
  const first = (line: string) => (line.split(SEPARATORS)[0] ?? '').trim();
  const plain = (key: string) => (/^".*"$/.test(key) ? key.slice(1, -1).replaceAll('""', '"') : key);
  return [...new Set(text.split(/\r?\n/).map(first).map(plain).filter(Boolean))];
}
