// What somebody else has saved while one was editing, against what is not saved yet.
import { overlapWords as words } from '../strings/overlap';
import { same, type Step } from './steps';

/** What a step is about; what it adds is nobody else's. */
function partsOf({ kind, ruleId, key, contextKind, values }: Step): string[] {
  if (kind === 'addRule') return [];
  if (typeof ruleId === 'string') return [ruleId];
  if (typeof key === 'string') return [words.requirement(key)];
  if (typeof contextKind === 'string' && Array.isArray(values)) return values.map((value) => words.key(contextKind, String(value)));
  return [words.parts[kind] ?? kind];
}

/** A rule, which may have a name. */
export interface Named {
  _id: string;
  description?: string | null | undefined;
}

/** The parts that both change, as they are called; `rules` are those of the edited state. */
export function overlaps(mine: Step[], theirs: Step[], rules: Named[]): string[] {
  const other = theirs.filter((step) => !mine.some((one) => same(one, step)));
  const taken = new Set(other.flatMap(partsOf));
  const gone = goneIn(other);
  const both = new Set(mine.filter((step) => !theirs.some((one) => same(one, step))).flatMap(partsOf));
  return [...both].filter((part) => taken.has(part)).map((part) => nameOf(part, rules, gone));
}

function nameOf(part: string, rules: Named[], gone: ReadonlySet<unknown>): string {
  const at = rules.findIndex(({ _id }) => _id === part);
  const rule = rules[at];
  if (rule === undefined) return gone.has(part) ? words.goneRule : part;
  const name = rule.description ?? '';
  const called = name === '' ? words.rule(at + 1) : name;
  return gone.has(part) ? words.gone(called) : called;
}

const goneIn = (steps: Step[]): ReadonlySet<unknown> =>
  new Set(steps.filter(({ kind }) => kind === 'removeRule').map(({ ruleId }) => ruleId));

/** The steps without those for rules that are gone already: whoever deletes one of them, too, wants nothing more of it. */
export function withoutGone(mine: Step[], theirs: Step[]): Step[] {
  const gone = goneIn(theirs);
  if (gone.size === 0) return mine;
  return mine
    .filter(({ kind, ruleId }) => kind !== 'removeRule' || !gone.has(ruleId))
    .map((step) => (Array.isArray(step.ruleIds) ? { ...step, ruleIds: step.ruleIds.filter((id) => !gone.has(id)) } : step));
}
