// The custom properties of a flag while they are edited, and the instructions that change them.
import type { Step } from './steps';

export interface Property {
  key: string;
  name: string;
  values: string[];
  /** Made here: its key can still be edited. */
  isNew?: boolean;
}

export type PropertyFault = 'keyMissing' | 'twice' | 'valuesMissing';

export const LONGEST = 64; // characters of a key or a name
export const MOST_VALUES = 64; // of one property

type Answered = Record<string, { name: string; value: string[] }>;

export const readProperties = (answered: Answered): Property[] =>
  Object.entries(answered).map(([key, { name, value }]) => ({ key, name, values: value }));

/** What keeps each from being saved, in their order. */
export function propertyFaults(properties: readonly Property[]): (PropertyFault | undefined)[] {
  const keys = properties.map(({ key }) => key.trim());
  return properties.map(({ values }, place) => {
    const key = keys[place] ?? '';
    if (key === '') return 'keyMissing';
    if (keys.indexOf(key) < place) return 'twice';
    return values.length === 0 ? 'valuesMissing' : undefined;
  });
}

/** Instructions that lead from `before` to `after`: those that go first, so that a key can be made anew. */
export function propertySteps(before: readonly Property[], after: readonly Property[]): Step[] {
  const kept = new Map(after.map((property) => [property.key.trim(), property]));
  const held = new Map(before.map((property) => [property.key, property]));
  const gone = before.filter(({ key }) => !kept.has(key));
  const changed = [...kept].filter(([key, property]) => !isSame(held.get(key), property));
  return [
    ...gone.map(({ key, values }) => ({ kind: 'removeCustomProperties', key, values })),
    ...changed.map(([key, property]) => ({
      kind: held.has(key) ? 'replaceCustomProperties' : 'addCustomProperties',
      key,
      name: nameOf(property),
      values: property.values,
    })),
  ];
}

const isSame = (was: Property | undefined, now: Property) =>
  was?.name === nameOf(now) && JSON.stringify(was.values) === JSON.stringify(now.values);

/** One without a name is called like its key. */
const nameOf = ({ key, name }: Property) => name.trim() || key.trim();
