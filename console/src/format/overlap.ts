// What somebody else has saved while one was editing, against what is not saved yet.
import { overlapWords as words } from '../strings/overlap';
import { same, type Step } from './steps';

type Told = (step: Step) => string[];

const none: Told = () => [];
const theVariation: Told = ({ variationId }) => [String(variationId)];
const theTags: Told = ({ values }) => (Array.isArray(values) ? values.map((tag) => words.tag(String(tag))) : []);
const theProperty: Told = ({ key }) => [words.property(String(key))];
const theSdks: Told = ({ value }) => [words.sdks[String(value)] ?? words.anySdks];

/** What a step of these kinds is about; what it adds is nobody else's. */
const TOLD: Record<string, Told | undefined> = {
  addRule: none,
  addVariation: none,
  updateVariation: theVariation,
  removeVariation: theVariation,
  updateDefaultVariation: (step) => Object.keys(step).flatMap((member) => words.defaults[member] ?? []),
  addTags: theTags,
  removeTags: theTags,
  addCustomProperties: theProperty,
  replaceCustomProperties: theProperty,
  removeCustomProperties: theProperty,
  turnOnClientSideAvailability: theSdks,
  turnOffClientSideAvailability: theSdks,
};

function partsOf(step: Step): string[] {
  const { kind, ruleId, key, contextKind, values } = step;
  const told = TOLD[kind];
  if (told !== undefined) return told(step);
  if (typeof ruleId === 'string') return [ruleId];
  if (typeof key === 'string') return [words.requirement(key)];
  if (typeof contextKind === 'string' && Array.isArray(values)) return values.map((value) => words.key(contextKind, String(value)));
  return [words.parts[kind] ?? kind];
}

/** A rule or a variation, which may have a name. */
export interface Named {
  _id: string;
  description?: string | null | undefined;
}

/** The rules or variations that are edited, as they are now and as they were when the editing began. */
export interface Listed {
  of: 'rule' | 'variation';
  now: readonly Named[];
  before: readonly Named[];
}

/** The parts that both change, as they are called. */
export function overlaps(mine: Step[], theirs: Step[], listed: Listed): string[] {
  const other = theirs.filter((step) => !mine.some((one) => same(one, step)));
  const taken = new Set(other.flatMap(partsOf));
  const gone = goneIn(other);
  const both = new Set(mine.filter((step) => !theirs.some((one) => same(one, step))).flatMap(partsOf));
  return [...both].filter((part) => taken.has(part)).map((part) => nameOf(part, listed, gone));
}

function nameOf(part: string, { of, now, before }: Listed, gone: ReadonlySet<unknown>): string {
  const list = [now, before].find((some) => some.some(({ _id }) => _id === part)) ?? [];
  const at = list.findIndex(({ _id }) => _id === part);
  if (at < 0) return gone.has(part) ? words.lost[of] : part;
  const name = list[at]?.description ?? '';
  const called = name === '' ? words.one[of](at + 1) : name;
  return gone.has(part) ? words.gone[of](called) : called;
}

/** The rules and variations that these steps remove. */
const goneIn = (steps: Step[]): ReadonlySet<unknown> => new Set(steps.map(removedBy).filter((id) => id !== undefined));
const removedBy = ({ kind, ruleId, variationId }: Step) =>
  kind === 'removeRule' ? ruleId : kind === 'removeVariation' ? variationId : undefined;

/** The steps without those for what is gone already: whoever deletes one of them, too, wants nothing more of it. */
export function withoutGone(mine: Step[], theirs: Step[]): Step[] {
  const gone = goneIn(theirs);
  if (gone.size === 0) return mine;
  return mine
    .filter((step) => !gone.has(removedBy(step)))
    .map((step) => (Array.isArray(step.ruleIds) ? { ...step, ruleIds: step.ruleIds.filter((id) => !gone.has(id)) } : step));
}
