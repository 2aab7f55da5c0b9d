// What a form changes of a team, as instructions; and role attributes as the rows of a form.
import { differenceOf } from './lists';

export type TeamStep =
  | { kind: 'updateName' | 'updateDescription'; value: string }
  | { kind: 'addCustomRoles' | 'removeCustomRoles'; values: string[] };

interface Details {
  name: string;
  description: string;
}

export function detailSteps(before: Details, after: Details): TeamStep[] {
  const steps: TeamStep[] = [];
  if (before.name !== after.name) steps.push({ kind: 'updateName', value: after.name });
  if (before.description !== after.description) steps.push({ kind: 'updateDescription', value: after.description });
  return steps;
}

export function roleSteps(before: readonly string[], after: readonly string[]): TeamStep[] {
  const { added, removed } = differenceOf(before, after);
  const steps: TeamStep[] = [];
  if (added.length > 0) steps.push({ kind: 'addCustomRoles', values: added });
  if (removed.length > 0) steps.push({ kind: 'removeCustomRoles', values: removed });
  return steps;
}

export interface AttributeRow {
  key: string;
  values: string[];
}

export type Attributes = Record<string, string[]>;

export const attributeRows = (attributes: Attributes): AttributeRow[] =>
  Object.entries(attributes).map(([key, values]) => ({ key, values }));

export const attributesOf = (rows: readonly AttributeRow[]): Attributes =>
  Object.fromEntries(rows.map(({ key, values }) => [key.trim(), values]));

export type AttributeFault = 'missing' | 'twice';

/** What is wrong with the name of each row; undefined where nothing is. */
export function attributeFaults(rows: readonly AttributeRow[]): (AttributeFault | undefined)[] {
  const keys = rows.map(({ key }) => key.trim());
  return keys.map((key, place) => {
    if (key === '') return 'missing';
    return keys.indexOf(key) < place ? 'twice' : undefined;
  });
}
