// The unsaved changes of a flag in a few words, beside their number: “2 keys added, rule 3 changed”.
import { summaryWords as words } from '../strings/targeting';
import { count, counted } from './number';
import type { Step } from './steps';

const PARTS: Record<string, string> = words.parts;
const many = (steps: readonly Step[], kind: string) => steps.filter((step) => step.kind === kind).length;
const keysOf = (steps: readonly Step[], kind: string) =>
  steps.filter((step) => step.kind === kind).reduce((sum, { values }) => sum + (Array.isArray(values) ? values.length : 0), 0);
const told = (number: number, what: string, tell: (what: string) => string) => (number === 0 ? [] : [tell(counted(number, what))]);

/** `rules` are those of now, by which changed ones are numbered. */
export function summaryOf(steps: readonly Step[], rules: readonly { _id: string }[]): string {
  const ids = new Set(steps.filter(({ kind }) => kind !== 'removeRule').map(({ ruleId }) => ruleId));
  const places = rules.flatMap(({ _id }, at) => (ids.has(_id) ? [count(at + 1)] : []));
  const parts = new Set(steps.flatMap(({ kind }) => PARTS[kind] ?? []));
  return [
    ...parts,
    ...told(keysOf(steps, 'addContextTargets'), words.key, words.added),
    ...told(keysOf(steps, 'removeContextTargets'), words.key, words.removed),
    ...told(many(steps, 'addRule'), words.rule, words.added),
    ...told(many(steps, 'removeRule'), words.rule, words.removed),
    ...(places.length > 0 ? [words.changed(places)] : []),
    ...(many(steps, 'reorderRules') > 0 ? [words.reordered] : []),
  ].join(', ');
}
