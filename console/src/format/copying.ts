// What gives an environment the chosen parts of a flag in another one: instructions, or a JSON patch where none of them says it.
import { CLAUSE_SIGNS, idOf, isPartSame, pairRules, pairUp, type Config, type Part, type RulePair } from './comparison';
import { isNew, newId, same, stepsBetween, type Clause, type Outcome, type Prerequisite, type Rule, type Step } from './steps';

/** What is given, and what it is given to: an environment in a version. */
export interface Copying {
  from: Config;
  to: Config;
  environment: string;
  version: number;
}

export interface CopyChange {
  instructions: Step[];
  document?: object[];
}

/** What copies the picked lines; `ids` are those of the variations in their order. */
export function changeToCopy(copying: Copying, picked: ReadonlySet<string>, ids: string[]): CopyChange {
  const { from, to } = copying;
  const after = copied(from, to, picked);
  if (!isSayable(to, after)) return { instructions: [], document: patchOf(copying, after) };
  const turning = after.on === to.on ? [] : [{ kind: after.on ? 'turnFlagOn' : 'turnFlagOff' }];
  return { instructions: [...turning, ...stepsBetween(to, after, ids)] };
}

/** `to` with what `from` has in the picked lines. */
function copied(from: Config, to: Config, picked: ReadonlySet<string>): Config {
  const source = (part: Part): Config => (picked.has(part) ? from : to);
  const pick = <P extends Part>(part: P): Config[P] => source(part)[part];
  return {
    on: pick('on'),
    offVariation: pick('offVariation'),
    prerequisites: pick('prerequisites'),
    targets: pick('targets'),
    fallthrough: pick('fallthrough'),
    trackEventsFallthrough: source('fallthrough').trackEventsFallthrough,
    trackEvents: pick('trackEvents'),
    rules: copyRules(pairRules(from.rules, to.rules), to.rules, picked),
    checkRatio: pick('checkRatio'),
  };
}

/** Whether instructions lead there: none says a check ratio, that nothing is served when off, or all of a split. */
function isSayable(to: Config, after: Config): boolean {
  const isKnown = (needed: Prerequisite) => needed.variationId !== undefined || to.prerequisites.some((held) => isHeld(needed, held));
  const before = new Map(to.rules.map((rule) => [rule._id, rule]));
  return (
    isPartSame('checkRatio', to, after) &&
    (after.offVariation !== undefined || to.offVariation === undefined) &&
    after.prerequisites.every(isKnown) &&
    isServedPlainly(to.fallthrough, after.fallthrough) &&
    after.rules.every((rule) => isServedPlainly(before.get(rule._id) ?? {}, rule))
  );
}

const isHeld = (needed: Prerequisite, held: Prerequisite) => needed.key === held.key && needed.variation === held.variation;

const isServedPlainly = (before: Outcome, after: Outcome) =>
  same(before.rollout, after.rollout) || [before, after].every(isPlain);

const isPlain = ({ rollout }: Outcome) =>
  rollout?.seed === undefined && rollout?.experimentAllocation === undefined && !rollout?.variations.some((one) => one._untracked);

/** The patch of all that changes, guarded by the version that it was made for. */
function patchOf({ to, environment, version }: Copying, after: Config): object[] {
  const place = `/environments/${environment}`;
  const put = (name: string, was: unknown, value: unknown) => {
    if (same(was ?? null, value ?? null)) return [];
    const path = `${place}/${name}`;
    return [value === undefined || value === null ? { op: 'remove', path } : { op: 'add', path, value }];
  };
  return [
    { op: 'test', path: `${place}/version`, value: version },
    ...put('on', to.on, after.on),
    ...put('offVariation', to.offVariation, after.offVariation),
    ...put('prerequisites', to.prerequisites.map(sentNeed), after.prerequisites.map(sentNeed)),
    ...(same(to.targets, after.targets) ? [] : targetsPatch(place, after)),
    ...put('rules', to.rules.map(sentRule), after.rules.map(sentRule)),
    ...put('fallthrough', sentOutcome(to.fallthrough), sentOutcome(after.fallthrough)),
    ...put('trackEventsFallthrough', to.trackEventsFallthrough ?? false, after.trackEventsFallthrough ?? false),
    ...put('trackEvents', to.trackEvents ?? false, after.trackEvents ?? false),
    ...put('migrationSettings/checkRatio', to.checkRatio, after.checkRatio),
  ];
}

/** Those of users stand apart, without the places that the other list keeps for them. */
const targetsPatch = (place: string, { targets }: Config) => [
  { op: 'add', path: `${place}/targets`, value: targets.filter(({ contextKind }) => contextKind === 'user') },
  { op: 'add', path: `${place}/contextTargets`, value: targets.filter(({ contextKind }) => contextKind !== 'user') },
];

const sentNeed = ({ key, variation }: Prerequisite) => ({ key, variation });
const sentOutcome = ({ variation, rollout }: Outcome): Outcome => (rollout === undefined ? { variation } : { rollout });

/** As the server gives it an id, where it has none yet. */
function sentRule({ _id, clauses, variation, rollout, ...rule }: Rule) {
  const known = (id: string) => (isNew(id) ? {} : { _id: id });
  return {
    ...known(_id),
    ...rule,
    ...sentOutcome({ variation, rollout }),
    clauses: clauses.map(({ _id: id, ...clause }) => ({ ...known(id), ...clause })),
  };
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
