// Drafts as a browser has kept them, perhaps for an earlier version of the console, which knew other members.

/** A state that is edited, called by its name, beside what it was when the editing began. */
export type Edited<T, Name extends string = 'value'> = { base: T; version: number } & Record<Name, T>;

type Shape = 'members' | 'list' | 'plain';

const shapeOf = (value: unknown): Shape =>
  Array.isArray(value) ? 'list' : typeof value === 'object' && value !== null ? 'members' : 'plain';

const isMembers = (value: unknown): value is Record<string, unknown> => shapeOf(value) === 'members';

/** The members of what was kept that there are now, in the same shape; undefined where it has none at all. */
export function knownMembers<T extends object>(kept: unknown, now: T): Partial<T> | undefined {
  if (!isMembers(kept)) return undefined;
  const known = Object.entries(now).filter(([name, value]) => name in kept && isLike(kept[name], value));
  return Object.fromEntries(known.map(([name]) => [name, kept[name]])) as Partial<T>;
}

/** A value that is not known now may be anything. */
export const isLike = (kept: unknown, now: unknown) => now === undefined || now === null || shapeOf(kept) === shapeOf(now);

/** What was kept, with what it lacks as it is now; undefined where it cannot be read. */
export function readState<T extends object>(kept: unknown, now: T): T | undefined {
  const known = knownMembers(kept, now);
  return known && { ...now, ...known };
}

/** A state that was being edited; what it did not know then is not changed by it. */
export function readEdited<T extends object, Name extends string>(kept: unknown, saved: T, name: Name): Edited<T, Name> | undefined {
  if (!isMembers(kept) || typeof kept.version !== 'number') return undefined;
  const [base, value] = [readState(kept.base, saved), readState(kept[name], saved)];
  return base && value && ({ base, version: kept.version, [name]: value } as Edited<T, Name>);
}
