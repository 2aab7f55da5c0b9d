// A flag in two environments beside each other: what differs by its meaning.
import { same, WHOLE, type Clause, type Outcome, type Rule, type Target, type Targeting } from './steps';

export interface Config extends Targeting {
  on: boolean;
  /** Of a migration: one in how many reads is compared; null where the SDK decides. */
  checkRatio?: number | null | undefined;
}

export type Part = 'on' | 'offVariation' | 'prerequisites' | 'targets' | 'fallthrough' | 'trackEvents' | 'checkRatio';

export interface RulePair {
  from?: Rule | undefined;
  to?: Rule | undefined;
}

/** One line of the comparison: a part that every environment has, or a rule that one or both have. */
export interface Line {
  id: string;
  of: Part | RulePair;
  isSame: boolean;
  /** What one has to be permitted to copy it. */
  actions: string[];
  /** Why the reader may not. */
  refusal?: string | undefined;
}

export const isCopyable = ({ isSame, refusal }: Line) => !isSame && refusal === undefined;

const ACTIONS: Record<Part, string> = {
  on: 'updateOn',
  offVariation: 'updateOffVariation',
  prerequisites: 'updatePrerequisites',
  targets: 'updateTargets',
  fallthrough: 'updateFallthrough',
  trackEvents: 'updateTrackEvents',
  checkRatio: 'updateFlagConfigMigrationSettings',
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
export const CLAUSE_SIGNS: Sign<Clause>[] = [signOf(clauseMeaning), signOf(subjectOf), () => 'a clause'];

/** All of one variation is that variation, whoever is counted; a seed moves everyone to another place. */
function outcomeMeaning({ variation, rollout }: Outcome): unknown {
  if (rollout === undefined) return variation ?? null;
  const served = rollout.variations.filter(({ weight }) => weight > 0);
  if (served.length === 1 && served[0]?.weight === WHOLE && rollout.experimentAllocation === undefined) return served[0].variation;
  const shares = served.map((one) => [one.variation, one.weight, one._untracked ?? false]);
  const { contextKind = 'user', bucketBy = 'key', seed = null, experimentAllocation = null } = rollout;
  return [contextKind, bucketBy, shares, seed, experimentAllocation];
}

function meaningOf(part: Part, config: Config): unknown {
  if (part === 'on') return config.on;
  if (part === 'offVariation') return config.offVariation ?? null;
  if (part === 'fallthrough') return [outcomeMeaning(config.fallthrough), config.trackEventsFallthrough ?? false];
  if (part === 'trackEvents') return config.trackEvents ?? false;
  if (part === 'checkRatio') return config.checkRatio ?? null;
  if (part === 'prerequisites') return sorted(config.prerequisites.map(({ key, variation }) => [key, variation]));
  return sorted(config.targets.flatMap(({ contextKind, variation, values }) => values.map((key) => [contextKind, variation, key])));
}

/** For each of `from` the one of `to` that is most like it, if there is one. */
export function pairUp<T>(from: T[], to: T[], signs: Sign<T>[]): Map<T, T> {
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

/** What the line of a pair is called. */
export const idOf = ({ from, to }: RulePair) => (from ?? to)?._id ?? '';

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
    actions: partActions(part, from, to),
  });
  const rules = pairRules(from.rules, to.rules).map((pair): Line => ({
    id: idOf(pair),
    of: pair,
    isSame: pair.from !== undefined && pair.to !== undefined && isRuleSame(pair.from, pair.to),
    actions: ruleActions(pair),
  }));
  const ofMigration = [from, to].some(({ checkRatio }) => checkRatio !== undefined) ? [line('checkRatio')] : [];
  return [...BEFORE_RULES.map(line), ...rules, line('fallthrough'), line('trackEvents'), ...ofMigration];
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

/** Keys of a target that the other environment does not give the same variation. */
export function ownKeys({ contextKind, variation, values }: Target, others: Target[]): string[] {
  const known = others.filter((one) => one.contextKind === contextKind && one.variation === variation);
  return values.filter((value) => !known.some((one) => one.values.includes(value)));
}
