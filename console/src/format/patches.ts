// JSON patches between two states of a form.

export interface PatchStep {
  op: 'replace';
  path: string;
  value: unknown;
}

/** The members of `after` that are not as in `before`. */
export function changedMembers<T extends object>(before: T, after: T): Partial<T> {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(before[name as keyof T]) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed) as Partial<T>;
}

/** Steps that make `before` what `after` is, member by member; none if they are alike. */
export const patchBetween = <T extends object>(before: T, after: T): PatchStep[] =>
  Object.entries(changedMembers(before, after)).map(([name, value]) => ({
    op: 'replace',
    path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    value,
  }));

export interface Addition {
  op: 'add';
  path: string;
  value: unknown;
}

/** Steps that give a thing these members, also where it lacks them. */
export const additionsOf = (members: object): Addition[] =>
  Object.entries<unknown>({ ...members }).map(([name, value]) => ({ op: 'add', path: `/${name}`, value }));

/** These members of a thing, as a form has them. */
export function pick<T extends object, Name extends keyof T>(thing: T, names: readonly Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, thing[name]])) as Pick<T, Name>;
}
