// A flag in two environments beside each other: what differs by its meaning, and the instructions that copy chosen parts.
import {
  newId,
  same,
  stepsBetween,
  type Clause,
  type Outcome,
  type Prerequisite,
  type Rule,
  type Step,
  type Target,
  type Targeting,
} from './steps';

export interface Config extends Targeting {
  on: boolean;
}

export type Part = 'on' | 'offVariation' | 'prerequisites' | 'targets' | 'fallthrough' | 'trackEvents';

export interface RulePair {
  from?: Rule | undefined;
  to?: Rule | undefined;
}

/** One line of the comparison: a part that every environment has, or a rule that one or both have. */
export interface Line {
  id: string;
  of: Part | RulePair;
  isSame: boolean;
  /** Whether it can be said by instructions. */
  canCopy: boolean;
  /** What one has to be permitted to copy it. */
  actions: string[];
  /** Why the reader may not. */
  refusal?: string | undefined;
}

export const isCopyable = ({ isSame, canCopy, refusal }: Line) => !isSame && canCopy && refusal === undefined;

const ACTIONS: Record<Part, string> = {
  on: 'updateOn',
  offVariation: 'updateOffVariation',
  prerequisites: 'updatePrerequisites',
  targets: 'updateTargets',
  fallthrough: 'updateFallthrough',
  trackEvents: 'updateTrackEvents',
};
const BEFORE_RULES: Part[] = ['on', 'offVariation', 'prerequisites', 'targets'];

/** What two things have alike where it is the same text; undefined where it says nothing. */
type Sign<T> = (one: T) => string | undefined;
const signOf =
  <T>(meaning: (one: T) => unknown): Sign<T> =>
  (one) =>
    JSON.stringify(meaning(one));
const sorted = (values: unknown[]) => values.map((value) => JSON.stringify(value)).sort();

const subjectOf = ({ contextKind, attribute, op, negate }: Clause) =>
  op === 'segmentMatch' ? [op, negate] : [contextKind, attribute, op, negate];
const clauseMeaning = (clause: Clause) => [subjectOf(clause), sorted(clause.values)];
const ruleMeaning = (rule: Rule) => [
  rule.description ?? '',
  sorted(rule.clauses.map(clauseMeaning)),
  outcomeMeaning(rule),
  rule.trackEvents ?? false,
];

/** From the surest sign that two are the same to the weakest. */
const RULE_SIGNS: Sign<Rule>[] = [
  ({ _id }) => _id,
  signOf(ruleMeaning),
  ({ description }) => (description === '' ? undefined : description),
  signOf((rule) => sorted(rule.clauses.map(clauseMeaning))),
  signOf((rule) => sorted(rule.clauses.map(subjectOf))),
];
const CLAUSE_SIGNS: Sign<Clause>[] = [signOf(clauseMeaning), signOf(subjectOf), () => 'a clause'];

function outcomeMeaning({ variation, rollout }: Outcome): unknown {
  if (rollout === undefined) return variation ?? null;
  const shares = rollout.variations.filter(({ weight }) => weight > 0).map((one) => [one.variation, one.weight]);
  return [rollout.contextKind ?? 'user', rollout.bucketBy ?? 'key', shares];
}

function meaningOf(part: Part, config: Config): unknown {
  if (part === 'on') return config.on;
  if (part === 'offVariation') return config.offVariation ?? null;
  if (part === 'fallthrough') return [outcomeMeaning(config.fallthrough), config.trackEventsFallthrough ?? false];
  if (part === 'trackEvents') return config.trackEvents ?? false;
  if (part === 'prerequisites') return sorted(config.prerequisites.map(({ key, variation }) => [key, variation]));
  return sorted(config.targets.flatMap(({ contextKind, variation, values }) => values.map((key) => [contextKind, variation, key])));
}

/** For each of `from` the one of `to` that is most like it, if there is one. */
function pairUp<T>(from: T[], to: T[], signs: Sign<T>[]): Map<T, T> {
  const pairs = new Map<T, T>();
  const free = new Set(to);
  for (const sign of signs) {
    const signed = new Map<string | undefined, T[]>();
    for (const other of free) {
      const text = sign(other);
      signed.set(text, [...(signed.get(text) ?? []), other]);
    }
    signed.delete(undefined);
    for (const one of from) {
      const found = pairs.has(one) ? undefined : signed.get(sign(one))?.shift();
      if (found === undefined) continue;
      pairs.set(one, found);
      free.delete(found);
    }
  }
  return pairs;
}

/** The rules of two environments: those of the first in their order, each rule of the other's own after its neighbour. */
export function pairRules(from: Rule[], to: Rule[]): RulePair[] {
  const partners = pairUp(from, to, RULE_SIGNS);
  const pairs: RulePair[] = from.map((rule) => ({ from: rule, to: partners.get(rule) }));
  for (const [at, rule] of to.entries()) {
    if (pairs.some((pair) => pair.to === rule)) continue;
    const before = at === 0 ? -1 : pairs.findIndex((pair) => pair.to === to[at - 1]);
    pairs.splice(before + 1, 0, { to: rule });
  }
  return pairs;
}

/** The rules among the lines of a comparison. */
export const pairsOf = (lines: Line[]): RulePair[] => lines.flatMap(({ of }) => (typeof of === 'string' ? [] : [of]));

const idOf = ({ from, to }: RulePair) => (from ?? to)?._id ?? '';

/** Whether rules that both have stand in another order, which copying leaves as it is. */
export function isReordered(pairs: RulePair[], to: Rule[]): boolean {
  const places = pairs.flatMap((pair) => (pair.from && pair.to ? [to.indexOf(pair.to)] : []));
  return places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0));
}

/** Everything that two environments have, in the order of evaluation. */
export function compare(from: Config, to: Config): Line[] {
  const line = (part: Part): Line => ({
    id: part,
    of: part,
    isSame: isPartSame(part, from, to),
    canCopy: isSayable(part, from, to),
    actions: partActions(part, from, to),
  });
  const rules = pairRules(from.rules, to.rules).map((pair): Line => ({
    id: idOf(pair),
    of: pair,
    isSame: pair.from !== undefined && pair.to !== undefined && isRuleSame(pair.from, pair.to),
    canCopy: true,
    actions: ruleActions(pair),
  }));
  return [...BEFORE_RULES.map(line), ...rules, line('fallthrough'), line('trackEvents')];
}

export const isPartSame = (part: Part, one: Config, other: Config) => same(meaningOf(part, one), meaningOf(part, other));
export const isRuleSame = (one: Rule, other: Rule) => same(ruleMeaning(one), ruleMeaning(other));

/** Of the default rule, sending its evaluations is permitted by itself. */
function partActions(part: Part, from: Config, to: Config): string[] {
  if (part !== 'fallthrough') return [ACTIONS[part]];
  return [
    ...(same(outcomeMeaning(from.fallthrough), outcomeMeaning(to.fallthrough)) ? [] : [ACTIONS.fallthrough]),
    ...((from.trackEventsFallthrough ?? false) === (to.trackEventsFallthrough ?? false) ? [] : [ACTIONS.trackEvents]),
  ];
}

/** So it is of a rule that both have, and of what it is called. */
function ruleActions({ from, to }: RulePair): string[] {
  if (from === undefined || to === undefined) return ['updateRules'];
  const differ = (meaning: (rule: Rule) => unknown) => !same(meaning(from), meaning(to));
  return [
    ...(differ(({ clauses, ...rule }) => [sorted(clauses.map(clauseMeaning)), outcomeMeaning(rule)]) ? ['updateRules'] : []),
    ...(differ(({ description = '' }) => description) ? ['updateFlagRuleDescription'] : []),
    ...(differ(({ trackEvents = false }) => trackEvents) ? [ACTIONS.trackEvents] : []),
  ];
}

function isSayable(part: Part, from: Config, to: Config): boolean {
  if (part === 'offVariation') return from.offVariation !== undefined;
  const isKnown = (needed: Prerequisite) => needed.variationId !== undefined || to.prerequisites.some((held) => isHeld(needed, held));
  return part !== 'prerequisites' || from.prerequisites.every(isKnown);
}

const isHeld = (needed: Prerequisite, held: Prerequisite) => needed.key === held.key && needed.variation === held.variation;

/** Instructions that give `to` what `from` has in the picked lines; `ids` are those of the variations in their order. */
export function stepsToCopy(from: Config, to: Config, picked: ReadonlySet<string>, ids: string[]): Step[] {
  const source = (part: Part): Config => (picked.has(part) ? from : to);
  const pick = <P extends Part>(part: P): Config[P] => source(part)[part];
  const after: Targeting = {
    offVariation: pick('offVariation'),
    prerequisites: pick('prerequisites'),
    targets: pick('targets'),
    fallthrough: pick('fallthrough'),
    trackEventsFallthrough: source('fallthrough').trackEventsFallthrough,
    trackEvents: pick('trackEvents'),
    rules: copyRules(pairRules(from.rules, to.rules), to.rules, picked),
  };
  const turning = pick('on') === to.on ? [] : [{ kind: from.on ? 'turnFlagOn' : 'turnFlagOff' }];
  return [...turning, ...stepsBetween(to, after, ids)];
}

function copyRules(pairs: RulePair[], rules: Rule[], picked: ReadonlySet<string>): Rule[] {
  return pairs.reduce((now, pair, at) => {
    const { from, to } = pair;
    if (!picked.has(idOf(pair))) return now;
    if (from === undefined) return now.filter((rule) => rule !== to);
    if (to !== undefined) return now.map((rule) => (rule === to ? rewrite(to, from) : rule));
    const following = pairs.slice(at + 1).find((one) => one.from !== undefined && one.to !== undefined)?.to;
    const place = now.findIndex((rule) => rule._id === following?._id);
    const added = rewrite({ _id: newId(now), clauses: [] }, from);
    return place < 0 ? [...now, added] : [...now.slice(0, place), added, ...now.slice(place)];
  }, rules);
}

/** A rule with its id, and what is alike in it with theirs, that says what another says. */
function rewrite(rule: Rule, { description, clauses, variation, rollout, trackEvents }: Rule): Rule {
  const held = pairUp(clauses, rule.clauses, CLAUSE_SIGNS);
  const kept = clauses.reduce<Clause[]>(
    (before, clause) => [...before, { ...clause, _id: held.get(clause)?._id ?? newId(before) }],
    [],
  );
  return { ...rule, description, clauses: kept, variation, rollout, trackEvents };
}

/** Keys of a target that the other environment does not give the same variation. */
export function ownKeys({ contextKind, variation, values }: Target, others: Target[]): string[] {
  const known = others.filter((one) => one.contextKind === contextKind && one.variation === variation);
  return values.filter((value) => !known.some((one) => one.values.includes(value)));
}
