// The targeting of a flag in one environment while it is edited, and the instructions that lead from one state to another.

export type ClauseValue = string | number | boolean;

export interface Clause {
  _id: string;
  contextKind: string;
  attribute: string;
  op: string;
  negate: boolean;
  values: ClauseValue[];
}

export interface Rollout {
  variations: { variation: number; weight: number; _untracked?: boolean | undefined }[];
  contextKind?: string | undefined;
  bucketBy?: string | undefined;
  /** Of an experiment: where in the split one comes to lie, and what is served outside of it. */
  seed?: number | undefined;
  experimentAllocation?: unknown;
}

/** What is served: one variation, or shares of several; neither while none has been chosen. */
export interface Outcome {
  variation?: number | undefined;
  rollout?: Rollout | undefined;
}

export interface Rule extends Outcome {
  _id: string;
  description?: string | undefined;
  clauses: Clause[];
  /** Whether SDKs send every evaluation that it decides. */
  trackEvents?: boolean | undefined;
}

export interface Target {
  contextKind: string;
  variation: number;
  values: string[];
}

export interface Targeting {
  /** The variations that the places are of. */
  variationIds?: string[];
  offVariation?: number | undefined;
  fallthrough: Outcome;
  rules: Rule[];
  targets: Target[];
  prerequisites: Prerequisite[];
  /** Whether SDKs send every evaluation: all of them, or those that everyone else is. */
  trackEvents?: boolean | undefined;
  trackEventsFallthrough?: boolean | undefined;
}

export interface Prerequisite {
  key: string;
  variation: number;
  /** Of the other flag; known where it has been chosen here. */
  variationId?: string | undefined;
}

/** An instruction as it is sent; the server knows its members. */
export type Step = { kind: string } & Record<string, unknown>;

export const WHOLE = 100_000; // weights are thousandths of a percent
const NEW = 'new-';

/** As the API answers it, where keys of users stand apart from those of other kinds. */
export interface AnsweredTargeting {
  offVariation?: number;
  fallthrough?: Outcome;
  rules?: Rule[];
  targets?: Target[];
  contextTargets?: Target[];
  prerequisites?: { key: string; variation: number }[];
  trackEvents?: boolean;
  trackEventsFallthrough?: boolean;
}

export function readTargeting(answered: AnsweredTargeting): Targeting {
  const others = (answered.contextTargets ?? []).filter((target) => target.contextKind !== 'user');
  return {
    offVariation: answered.offVariation,
    fallthrough: answered.fallthrough ?? {},
    rules: answered.rules ?? [],
    targets: [...(answered.targets ?? []), ...others],
    prerequisites: answered.prerequisites ?? [],
    trackEvents: answered.trackEvents ?? false,
    trackEventsFallthrough: answered.trackEventsFallthrough ?? false,
  };
}

/** Whether the server does not know it yet. */
export const isNew = (id: string) => id.startsWith(NEW);
/** Whether two states would be sent alike. */
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** An id for what the server does not know yet, unlike those of `others`. */
export function newId(others: { _id: string }[]): string {
  const taken = others.filter((one) => isNew(one._id)).map((one) => Number(one._id.slice(NEW.length)));
  return `${NEW}${Math.max(0, ...taken) + 1}`;
}

export const emptyRule = (rules: Rule[]): Rule => ({ _id: newId(rules), clauses: [emptyClause([])] });

export const emptyClause = (clauses: Clause[]): Clause => ({
  _id: newId(clauses),
  contextKind: 'user',
  attribute: '',
  op: 'in',
  negate: false,
  values: [],
});

/** What the shares lack, or have too much of, to be whole. */
export const missingWeight = (rollout: Rollout) => WHOLE - rollout.variations.reduce((sum, { weight }) => sum + weight, 0);

/** Whether it can be sent: every clause asks something, every rule serves something, shares are whole. */
export function isComplete(targeting: Targeting): boolean {
  const outcomes: Outcome[] = [...targeting.rules, targeting.fallthrough];
  return targeting.rules.every((rule) => rule.clauses.every(isAsking)) && outcomes.every(isServing);
}

export const isAsking = ({ op, attribute, values }: Clause) => values.length > 0 && (op === 'segmentMatch' || attribute !== '');

export const isServing = ({ variation, rollout }: Outcome) =>
  rollout === undefined ? variation !== undefined : missingWeight(rollout) === 0;

/** Instructions that lead from `before` to `after`; `ids` are those of the variations in their order. */
export function stepsBetween(before: Targeting, after: Targeting, ids: string[]): Step[] {
  return [
    ...prerequisiteSteps(before.prerequisites, after.prerequisites),
    ...targetSteps(before.targets, after.targets, ids),
    ...ruleSteps(before.rules, after.rules, ids),
    ...(same(before.fallthrough, after.fallthrough)
      ? []
      : [{ kind: 'updateFallthroughVariationOrRollout', ...outcomeMembers(after.fallthrough, ids) }]),
    ...(before.offVariation === after.offVariation || after.offVariation === undefined
      ? []
      : [{ kind: 'updateOffVariation', variationId: ids[after.offVariation] }]),
    ...trackingSteps('updateTrackEvents', before.trackEvents, after.trackEvents),
    ...trackingSteps('updateTrackEventsFallthrough', before.trackEventsFallthrough, after.trackEventsFallthrough),
  ];
}

const trackingSteps = (kind: string, before = false, after = false, members = {}): Step[] =>
  before === after ? [] : [{ kind, ...members, trackEvents: after }];

function prerequisiteSteps(before: Prerequisite[], after: Prerequisite[]): Step[] {
  const find = (list: Prerequisite[], key: string) => list.find((one) => one.key === key);
  return [
    ...before.filter(({ key }) => !find(after, key)).map(({ key }) => ({ kind: 'removePrerequisite', key })),
    ...after.flatMap(({ key, variation, variationId }) => {
      const held = find(before, key);
      if (held?.variation === variation) return [];
      return [{ kind: held ? 'updatePrerequisite' : 'addPrerequisite', key, variationId }];
    }),
  ];
}

function targetSteps(before: Target[], after: Target[], ids: string[]): Step[] {
  const change = (kind: string, from: Target[], without: Target[]) =>
    from.flatMap(({ contextKind, variation, values }) => {
      const known = new Set(keysOf(without, contextKind, variation));
      const changed = values.filter((value) => !known.has(value));
      return changed.length === 0 ? [] : [{ kind, contextKind, variationId: ids[variation], values: changed }];
    });
  return [...change('removeContextTargets', before, after), ...change('addContextTargets', after, before)];
}

const keysOf = (targets: Target[], contextKind: string, variation: number) =>
  targets.filter((one) => one.contextKind === contextKind && one.variation === variation).flatMap((one) => one.values);

function ruleSteps(before: Rule[], after: Rule[], ids: string[]): Step[] {
  const kept = new Map(after.map((rule) => [rule._id, rule]));
  return [
    ...before.filter((rule) => !kept.has(rule._id)).map((rule) => ({ kind: 'removeRule', ruleId: rule._id })),
    ...before.flatMap((rule) => changeSteps(rule, kept.get(rule._id) ?? rule, ids)),
    ...orderSteps(before, after),
    ...after.flatMap((rule, place) => (isNew(rule._id) ? [addStep(rule, after.slice(place + 1), ids)] : [])),
  ];
}

interface Placed {
  _id: string;
}

/** The instruction that brings the rules that stay into their new order, if it is another one. */
export function orderSteps(before: Placed[], after: Placed[]): Step[] {
  const idsOf = (rules: Placed[]) => rules.map(({ _id }) => _id);
  const [were, are] = [new Set(idsOf(before)), new Set(idsOf(after))];
  const known = idsOf(before).filter((id) => are.has(id));
  const ordered = idsOf(after).filter((id) => were.has(id));
  return same(known, ordered) ? [] : [{ kind: 'reorderRules', ruleIds: ordered }];
}

/** Where a new rule comes to stand: before the first of those behind it that is known, else at the end. */
export function placeMembers(following: Placed[]): { beforeRuleId?: string } {
  const next = following.find(({ _id }) => !isNew(_id));
  return next ? { beforeRuleId: next._id } : {};
}

function addStep(rule: Rule, following: Rule[], ids: string[]): Step {
  return {
    kind: 'addRule',
    ...placeMembers(following),
    ...(rule.description && { description: rule.description }),
    clauses: rule.clauses.map(clauseMembers),
    ...outcomeMembers(rule, ids),
    ...(rule.trackEvents && { trackEvents: true }),
  };
}

function changeSteps(before: Rule, after: Rule, ids: string[]): Step[] {
  const ruleId = after._id;
  const { description = '' } = after;
  return [
    ...(description === (before.description ?? '') ? [] : [{ kind: 'updateRuleDescription', ruleId, description }]),
    ...clauseSteps(before, after),
    ...(same(outcomeMembers(before, ids), outcomeMembers(after, ids))
      ? []
      : [{ kind: 'updateRuleVariationOrRollout', ruleId, ...outcomeMembers(after, ids) }]),
    ...trackingSteps('updateRuleTrackEvents', before.trackEvents, after.trackEvents, { ruleId }),
  ];
}

/** Instructions for the clauses of a rule, of a flag or of a segment. */
export function clauseSteps(before: Pick<Rule, 'clauses'>, after: Pick<Rule, '_id' | 'clauses'>): Step[] {
  const ruleId = after._id;
  const kept = new Map(after.clauses.map((clause) => [clause._id, clause]));
  const added = after.clauses.filter((clause) => isNew(clause._id));
  const removed = before.clauses.filter((clause) => !kept.has(clause._id)).map((clause) => clause._id);
  const changed = before.clauses.flatMap((clause) => {
    const now = kept.get(clause._id) ?? clause;
    return same(clauseMembers(clause), clauseMembers(now)) ? [] : [now];
  });
  return [
    ...(added.length === 0 ? [] : [{ kind: 'addClauses', ruleId, clauses: added.map(clauseMembers) }]),
    ...changed.map((clause) => ({ kind: 'updateClause', ruleId, clauseId: clause._id, clause: clauseMembers(clause) })),
    ...(removed.length === 0 ? [] : [{ kind: 'removeClauses', ruleId, clauseIds: removed }]),
  ];
}

/** A clause as it is sent. */
export const clauseMembers = ({ contextKind, attribute, op, negate, values }: Clause) => ({
  contextKind,
  attribute: op === 'segmentMatch' ? '' : attribute,
  op,
  negate,
  values,
});

function outcomeMembers({ variation, rollout }: Outcome, ids: string[]): Record<string, unknown> {
  if (rollout === undefined) return variation === undefined ? {} : { variationId: ids[variation] };
  return {
    rolloutWeights: Object.fromEntries(rollout.variations.map(({ variation: index, weight }) => [ids[index], weight])),
    ...(rollout.contextKind && { rolloutContextKind: rollout.contextKind }),
    ...(rollout.bucketBy && { rolloutBucketBy: rollout.bucketBy }),
  };
}
