// The variations of a flag while they are edited, and what leads from one state of them to another.
import { variationWords as words } from '../strings/variations';
import { jsonProblem } from './json';
import { newId, same, type Step } from './steps';

export type ValueKind = 'boolean' | 'string' | 'number' | 'json';

export interface EditedVariation {
  _id: string;
  name: string;
  description: string;
  /** The value as it is typed. */
  text: string;
}

export interface EditedVariations {
  list: EditedVariation[];
  /** Ids of what new environments serve. */
  on: string;
  off: string;
}

interface Answered {
  variations: { _id: string; name?: string; description?: string; value: unknown }[];
  defaults: { onVariation: number; offVariation: number };
}

export const FEWEST = 2;

/** The kind of values that a flag has; its variations are all of one. */
export function valueKindOf(values: unknown[]): ValueKind {
  const [first] = values;
  return typeof first === 'boolean' || typeof first === 'string' || typeof first === 'number'
    ? (typeof first as ValueKind)
    : 'json';
}

export function readVariations({ variations, defaults }: Answered): EditedVariations {
  const kind = valueKindOf(variations.map(({ value }) => value));
  return {
    list: variations.map(({ _id, name = '', description = '', value }) => ({ _id, name, description, text: textOf(kind, value) })),
    on: variations[defaults.onVariation]?._id ?? '',
    off: variations[defaults.offVariation]?._id ?? '',
  };
}

const textOf = (kind: ValueKind, value: unknown) => (kind === 'string' ? String(value) : JSON.stringify(value, null, 2));

export const emptyVariation = (list: EditedVariation[], text = ''): EditedVariation => ({
  _id: newId(list),
  name: '',
  description: '',
  text,
});

/** The value that a text means. Only for texts without a problem. */
export function typedValue(kind: ValueKind, text: string): unknown {
  if (kind === 'string') return text;
  return kind === 'number' ? Number(text) : (JSON.parse(text) as unknown);
}

function textProblem(kind: ValueKind, text: string): string | undefined {
  if (kind === 'number') return text.trim() === '' || !Number.isFinite(Number(text)) ? words.noNumber(text) : undefined;
  if (kind !== 'json') return undefined;
  if (text.trim() === '') return words.noJson;
  return jsonProblem(text)?.message ?? (JSON.parse(text) === null ? words.noNull : undefined);
}

/** Why values cannot be saved, by the ids of their variations; empty if all can. */
export function valueProblems(kind: ValueKind, list: EditedVariation[]): Map<string, string> {
  const problems = new Map<string, string>();
  const seen = new Map<string, number>();
  let type = '';
  list.forEach(({ _id, text }, place) => {
    const problem = textProblem(kind, text);
    if (problem !== undefined) return problems.set(_id, problem);
    const value = typedValue(kind, text);
    type ||= typeName(value);
    if (typeName(value) !== type) return problems.set(_id, words.otherType(words.types[type] ?? type));
    const known = seen.get(canonical(value));
    if (known !== undefined) return problems.set(_id, words.twice(known + 1));
    return seen.set(canonical(value), place);
  });
  return problems;
}

const typeName = (value: unknown) => (typeof value === 'object' ? 'JSON' : typeof value);

/** The same text for what the server takes to be the same value. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

export interface VariationChange {
  instructions: Step[];
  /** A JSON patch in their place, where no instruction says it: another order, or values that change hands. */
  document?: Step[];
}

/** What leads from `before` to `after`; `version` of the flag guards a patch of the whole list. */
export function variationChange(kind: ValueKind, before: EditedVariations, after: EditedVariations, version: number): VariationChange {
  if (same(before, after)) return { instructions: [] };
  const place = (id: string) => after.list.findIndex(({ _id }) => _id === id);
  const kept = before.list.filter(({ _id }) => place(_id) >= 0).map(({ _id }) => _id);
  const inOrder = same(kept, after.list.slice(0, kept.length).map(({ _id }) => _id));
  if (inOrder && !tradesValues(before, after)) return { instructions: steps(kind, before, after) };
  const value = after.list.map(({ _id, name, description, text }) => ({
    ...(isKnown(before, _id) && { _id }),
    value: typedValue(kind, text),
    name,
    description,
  }));
  return {
    instructions: [],
    document: [
      { op: 'test', path: '/_version', value: version },
      { op: 'replace', path: '/variations', value },
      { op: 'replace', path: '/defaults', value: { onVariation: place(after.on), offVariation: place(after.off) } },
    ] as unknown as Step[],
  };
}

const isKnown = ({ list }: EditedVariations, id: string) => list.some(({ _id }) => _id === id);

/** Whether a variation gets the value that another one had. */
const tradesValues = (before: EditedVariations, after: EditedVariations) =>
  after.list.some(({ _id, text }) => before.list.some((old) => old._id !== _id && old.text === text));

const find = (list: EditedVariation[], id: string) => list.find(({ _id }) => _id === id);

/** What is changed, by the texts of values, which need not be any yet. */
export function variationParts(before: EditedVariations, after: EditedVariations): Step[] {
  const shared = ({ list }: EditedVariations, other: EditedVariations) =>
    list.filter(({ _id }) => isKnown(other, _id)).map(({ _id }) => _id);
  const isInOrder = same(shared(before, after), shared(after, before));
  return [...steps('string', before, after), ...(isInOrder ? [] : [{ kind: 'reorderVariations' }])];
}

/** What was edited of `before`, edited of what others have saved since. */
export function carryOver(before: EditedVariations, after: EditedVariations, saved: EditedVariations): EditedVariations {
  if (before === saved || same(before, saved)) return after;
  const ids = ({ list }: EditedVariations) => list.map(({ _id }) => _id);
  const isMoved = variationParts(before, after).some(({ kind }) => kind === 'reorderVariations');
  const [first, second] = isMoved ? [after, saved] : [saved, after];
  const list = [...new Set([...ids(first), ...ids(second)])].flatMap((id) => {
    const [old, mine, theirs] = [before, after, saved].map((one) => find(one.list, id));
    if (old === undefined) return mine ?? theirs ?? []; // added by one of them
    if (mine === undefined || (theirs === undefined && same(old, mine))) return []; // removed
    return { ...merged(old, mine, theirs ?? old), _id: id };
  });
  return { list, ...merged(defaultsOf(before), defaultsOf(after), defaultsOf(saved)) };
}

const defaultsOf = ({ on, off }: EditedVariations) => ({ on, off });

/** Of each member the one that was changed, mine if both were. */
const merged = <T extends object>(old: T, mine: T, theirs: T): T =>
  Object.fromEntries(
    Object.keys(old).map((member) => {
      const [was, now, other] = [old, mine, theirs].map((one) => one[member as keyof T]);
      return [member, was === now ? other : now];
    }),
  ) as T;

function steps(kind: ValueKind, before: EditedVariations, after: EditedVariations): Step[] {
  const value = (id: string) => typedValue(kind, find(after.list, id)?.text ?? '');
  const changed = before.list.flatMap((old) => {
    const now = find(after.list, old._id) ?? old;
    return same(old, now) ? [] : [{ kind: 'updateVariation', variationId: old._id, ...changedMembers(kind, old, now) }];
  });
  const added = after.list
    .filter(({ _id }) => !isKnown(before, _id))
    .map(({ _id, name, description }) => ({ kind: 'addVariation', value: value(_id), name, description }));
  const removed = before.list.filter(({ _id }) => find(after.list, _id) === undefined);
  const defaults = {
    ...(before.on === after.on ? {} : { onVariationValue: value(after.on) }),
    ...(before.off === after.off ? {} : { offVariationValue: value(after.off) }),
  };
  return [
    ...changed,
    ...added,
    ...(Object.keys(defaults).length === 0 ? [] : [{ kind: 'updateDefaultVariation', ...defaults }]),
    ...removed.map(({ _id }) => ({ kind: 'removeVariation', variationId: _id })),
  ];
}

function changedMembers(kind: ValueKind, old: EditedVariation, now: EditedVariation) {
  return {
    ...(old.text === now.text ? {} : { value: typedValue(kind, now.text) }),
    ...(old.name === now.name ? {} : { name: now.name }),
    ...(old.description === now.description ? {} : { description: now.description }),
  };
}
