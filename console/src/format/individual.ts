// Which variation a context is individually given, and giving it another one.
import type { Target } from './steps';

export interface Individual {
  kind: string;
  key: string;
}

/** The index of the variation that the context is individually given. */
export const individualOf = (targets: readonly Target[], { kind, key }: Individual): number | undefined =>
  targets.find(({ contextKind, values }) => contextKind === kind && values.includes(key))?.variation;

/** The targets with these keys of a kind for a variation, which they leave the others for: a key has one. */
export function giveKeys(targets: readonly Target[], contextKind: string, variation: number, values: string[]): Target[] {
  const others = targets.filter((one) => one.contextKind !== contextKind || one.variation !== variation);
  return [...without(others, contextKind, values), { contextKind, variation, values }].filter(hasKeys);
}

/** The targets with the context under the wanted variation only, or under none. */
export function giveIndividually(targets: readonly Target[], { kind, key }: Individual, wanted: number | undefined): Target[] {
  if (wanted === undefined) return without(targets, kind, [key]).filter(hasKeys);
  const held = targets.find(({ contextKind, variation }) => contextKind === kind && variation === wanted)?.values ?? [];
  return giveKeys(targets, kind, wanted, held.includes(key) ? held : [...held, key]);
}

function without(targets: readonly Target[], kind: string, keys: string[]): Target[] {
  const taken = new Set(keys);
  return targets.map((one) =>
    one.contextKind === kind ? { ...one, values: one.values.filter((value) => !taken.has(value)) } : one,
  );
}

const hasKeys = ({ values }: Target) => values.length > 0;
