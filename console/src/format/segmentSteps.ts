// The members of a segment while they are edited, and the instructions that lead from one state to another.
import { clauseMembers, clauseSteps, emptyClause, isAsking, isNew, newId, orderSteps, placeMembers, same, type Clause, type Step } from './steps';

export interface KeyList {
  contextKind: string;
  values: string[];
}

export interface SegmentRule {
  _id: string;
  description?: string | null | undefined;
  clauses: Clause[];
  /** The share that the rule lets in, in thousandths of a percent; without it everyone whom it matches. */
  weight?: number | null | undefined;
  rolloutContextKind?: string | null | undefined;
  bucketBy?: string | null | undefined;
}

export interface Membership {
  included: KeyList[];
  excluded: KeyList[];
  rules: SegmentRule[];
}

/** As the API answers it, where keys of users stand apart from those of other kinds. */
export interface AnsweredSegment {
  included: string[];
  excluded: string[];
  includedContexts: KeyList[];
  excludedContexts: KeyList[];
  rules: SegmentRule[];
}

const USER = 'user';

export function readMembership(segment: AnsweredSegment): Membership {
  const join = (users: string[], others: KeyList[]): KeyList[] =>
    users.length === 0 ? others : [{ contextKind: USER, values: users }, ...others.filter((one) => one.contextKind !== USER)];
  return {
    included: join(segment.included, segment.includedContexts),
    excluded: join(segment.excluded, segment.excludedContexts),
    rules: segment.rules,
  };
}

export const keysOfKind = (lists: KeyList[], kind: string): string[] =>
  lists.filter((one) => one.contextKind === kind).flatMap((one) => one.values);

/** The lists with other keys of one kind. */
export const withKeys = (lists: KeyList[], kind: string, values: string[]): KeyList[] =>
  [...lists.filter((one) => one.contextKind !== kind), { contextKind: kind, values }].filter((one) => one.values.length > 0);

export const countKeys = (lists: KeyList[]): number => lists.reduce((sum, { values }) => sum + values.length, 0);

export const emptySegmentRule = (rules: SegmentRule[]): SegmentRule => ({ _id: newId(rules), clauses: [emptyClause([])] });

/** Whether it can be sent: every clause asks something. */
export const isWhole = (membership: Membership): boolean =>
  membership.rules.every((rule) => rule.clauses.length > 0 && rule.clauses.every(isAsking));

/** Instructions that lead from `before` to `after`. */
export function membershipSteps(before: Membership, after: Membership): Step[] {
  return [
    ...keySteps('IncludedTargets', before.included, after.included),
    ...keySteps('ExcludedTargets', before.excluded, after.excluded),
    ...ruleSteps(before.rules, after.rules),
  ];
}

function keySteps(list: string, before: KeyList[], after: KeyList[]): Step[] {
  const beyond = (kind: string, from: KeyList[], without: KeyList[]) =>
    from.flatMap(({ contextKind, values }) => {
      const known = new Set(keysOfKind(without, contextKind));
      const changed = values.filter((value) => !known.has(value));
      return changed.length === 0 ? [] : [{ kind, contextKind, values: changed }];
    });
  return [...beyond(`remove${list}`, before, after), ...beyond(`add${list}`, after, before)];
}

function ruleSteps(before: SegmentRule[], after: SegmentRule[]): Step[] {
  const kept = new Map(after.map((rule) => [rule._id, rule]));
  return [
    ...before.filter((rule) => !kept.has(rule._id)).map((rule) => ({ kind: 'removeRule', ruleId: rule._id })),
    ...before.flatMap((rule) => changeSteps(rule, kept.get(rule._id) ?? rule)),
    ...orderSteps(before, after),
    ...after.flatMap((rule, place) => (isNew(rule._id) ? [addStep(rule, after.slice(place + 1))] : [])),
  ];
}

const addStep = (rule: SegmentRule, following: SegmentRule[]): Step => ({
  kind: 'addRule',
  ...placeMembers(following),
  clauses: rule.clauses.map(clauseMembers),
  ...(rule.description && { description: rule.description }),
  ...shareMembers(rule),
});

const shareMembers = ({ weight, rolloutContextKind }: SegmentRule) => ({
  ...(typeof weight === 'number' && { weight }),
  ...(rolloutContextKind && { rolloutContextKind }),
});

const ALL = 100_000;

function changeSteps(before: SegmentRule, after: SegmentRule): Step[] {
  const ruleId = after._id;
  const description = after.description ?? '';
  const { weight = ALL, rolloutContextKind: contextKind } = after;
  return [
    ...(description === (before.description ?? '') ? [] : [{ kind: 'updateRuleDescription', ruleId, description }]),
    ...clauseSteps(before, after),
    ...(same(shareMembers(before), shareMembers(after))
      ? []
      : [{ kind: 'updateRuleRolloutAndContextKind', ruleId, weight: weight ?? ALL, ...(contextKind && { contextKind }) }]),
  ];
}

export interface SegmentSettings {
  name: string;
  description: string;
  tags: string[];
}

/** Instructions for the name, description and tags. */
export function settingSteps(before: SegmentSettings, after: SegmentSettings): Step[] {
  const beyond = (from: string[], without: string[]) => from.filter((tag) => !without.includes(tag));
  const tags = (kind: string, values: string[]) => (values.length === 0 ? [] : [{ kind, values }]);
  return [
    ...(before.name === after.name ? [] : [{ kind: 'updateName', value: after.name.trim() }]),
    ...(before.description === after.description ? [] : [{ kind: 'updateDescription', value: after.description }]),
    ...tags('removeTags', beyond(before.tags, after.tags)),
    ...tags('addTags', beyond(after.tags, before.tags)),
  ];
}
