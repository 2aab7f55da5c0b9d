// Contexts as they are written by hand: JSON, or fields for each kind.
import { tryWords as words } from '../strings/trying';

export type Context = Record<string, unknown>;

/** One kind of a context; `attributes` is JSON as it is typed. */
export interface ContextPart {
  kind: string;
  key: string;
  attributes: string;
}

export type Read = { context: Context; problem?: undefined } | { context?: undefined; problem: string };

const isObject = (value: unknown): value is Context => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The context in a text, or why there is none. Whether it is a valid one the server knows. */
export function readContext(text: string): Read {
  try {
    const context: unknown = JSON.parse(text);
    return isObject(context) ? { context } : { problem: words.noObject };
  } catch (error) {
    return { problem: words.notJson(error instanceof Error ? error.message : '') };
  }
}

export const writeContext = (context: Context) => JSON.stringify(context, null, 2);

export const emptyPart = (kind: string): ContextPart => ({ kind, key: '', attributes: '' });

/** The fields of a context; of something that is none, those of a user without a key. */
export function partsOf(context: Context | undefined): ContextPart[] {
  if (context === undefined) return [emptyPart('user')];
  if (context.kind !== 'multi') return [partOf(typeof context.kind === 'string' ? context.kind : 'user', context)];
  return Object.entries(context)
    .filter((entry): entry is [string, Context] => entry[0] !== 'kind' && isObject(entry[1]))
    .map(([kind, single]) => partOf(kind, single));
}

function partOf(kind: string, { key, ...members }: Context): ContextPart {
  const attributes = Object.fromEntries(Object.entries(members).filter(([name]) => name !== 'kind'));
  const isBare = Object.keys(attributes).length === 0;
  return { kind, key: typeof key === 'string' ? key : '', attributes: isBare ? '' : JSON.stringify(attributes) };
}

/** The context that fields make, or which of them is wrong. */
export function joinParts(parts: ContextPart[]): Read {
  const singles: [string, Context][] = [];
  for (const { kind, key, attributes } of parts) {
    const read: Read = attributes.trim() === '' ? { context: {} } : readContext(attributes);
    if (read.context === undefined) return read;
    singles.push([kind, { key, ...read.context }]);
  }
  const [only] = singles;
  if (only === undefined) return { problem: words.noObject };
  return { context: singles.length === 1 ? { kind: only[0], ...only[1] } : { kind: 'multi', ...Object.fromEntries(singles) } };
}

/** The keys that a context is known by, its user first. */
export function keysOfContext(context: unknown): string[] {
  if (!isObject(context)) return [];
  const parts = partsOf(context);
  const users = parts.filter(({ kind }) => kind === 'user');
  const others = parts.filter(({ kind }) => kind !== 'user' && !kind.startsWith('ld_'));
  return [...users, ...others].map(({ key }) => key);
}

/** The kinds that a context has parts of. */
export const kindsOfContext = (context: Context): string[] => partsOf(context).map(({ kind }) => kind);
