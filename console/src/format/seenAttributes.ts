// What SDKs were seen to send of contexts, to choose from where a condition is written.
import { targetingWords as words } from '../strings/targeting';
import type { Clause, ClauseValue } from './steps';

interface OfKind {
  kind: string;
}

export interface SeenNames extends OfKind {
  /** `/country` */
  names: readonly { name: string }[];
}

export interface SeenValues extends OfKind {
  values: readonly { name: unknown }[];
}

const EVERY = ['key', 'anonymous']; // what a context of any kind can have
const PLAIN = /^\/[^/~]+$/;

/** As a condition names it: `country`, and `/os/name` for what stands inside of another. */
const plain = (name: string) => (PLAIN.test(name) ? name.slice(1) : name);

export const kindsIn = (seen: readonly OfKind[]): string[] => [...new Set(['user', ...seen.map(({ kind }) => kind)])];

export const attributesOf = (seen: readonly SeenNames[], contextKind: string): string[] =>
  [...new Set([...seen.filter(({ kind }) => kind === contextKind).flatMap(({ names }) => names.map(({ name }) => plain(name))), ...EVERY])];

/** As they are typed; lists and objects cannot be asked for. */
export const valuesOf = (seen: readonly SeenValues[], contextKind: string): string[] =>
  seen
    .filter(({ kind }) => kind === contextKind)
    .flatMap(({ values }) => values.map(({ name }) => name))
    .filter((value): value is ClauseValue => ['string', 'number', 'boolean'].includes(typeof value))
    .map(String);

/** That nobody was seen of whom the condition asks; it may be written all the same. */
export function unseenNote(seen: readonly SeenNames[], { op, contextKind, attribute }: Clause): string | undefined {
  if (op === 'segmentMatch' || seen.length === 0) return undefined;
  if (!seen.some(({ kind }) => kind === contextKind)) return words.unseenKind(contextKind);
  const outer = attribute.startsWith('/') ? plain(`/${attribute.split('/')[1] ?? ''}`) : attribute;
  const isKnown = attribute === '' || attributesOf(seen, contextKind).some((one) => one === attribute || one === outer);
  return isKnown ? undefined : words.unseenAttribute(contextKind, attribute);
}
