// Whether a flag can be taken out: what speaks for it and what against, from its settings, its targeting and what SDKs ask for.
import { evaluationWords as words } from '../strings/evaluations';
import { readTargeting, type AnsweredTargeting, type Outcome } from './steps';
import { ago } from './time';

const WEEK = 7 * 24 * 3_600_000;

/** A variation by its index; null is the value in the program's own code. */
type Served = number | null;

/** A flag in one environment. */
export interface Use {
  name: string;
  status: string;
  on: boolean;
  targeting: AnsweredTargeting;
  lastModified: number;
  lastRequested: number | undefined;
}

export interface Question {
  isTemporary: boolean;
  isArchived: boolean;
  /** How many other flags require it. */
  dependents: number;
  uses: Use[];
  /** How a variation is called. */
  name: (served: Served) => string;
  now: number;
}

export interface Check {
  isMet: boolean;
  text: string;
}

/** `remove`: nothing needs it; `code`: its value can stand in the code; the others say why not. */
export type Verdict = 'archived' | 'new' | 'required' | 'remove' | 'code' | 'permanent' | 'notYet';

export interface Removal {
  verdict: Verdict;
  /** The one value that everybody gets, in words; empty where there are several. */
  value: string;
  checks: Check[];
}

/** All that a flag can give in an environment, in the order of its variations. */
export function servable({ on, targeting }: Pick<Use, 'on' | 'targeting'>): Served[] {
  const { offVariation, prerequisites, targets, rules, fallthrough } = readTargeting(targeting);
  const off: Served[] = [offVariation ?? null];
  if (!on) return off;
  const given = [
    ...(prerequisites.length > 0 ? off : []),
    ...targets.filter(({ values }) => values.length > 0).map(({ variation }) => variation),
    ...[...rules, fallthrough].flatMap(outcomes),
  ];
  return [...new Set(given)].sort((one, other) => (one ?? Infinity) - (other ?? Infinity));
}

function outcomes({ variation, rollout }: Outcome): Served[] {
  if (rollout === undefined) return [variation ?? null];
  return rollout.variations.filter(({ weight }) => weight > 0).map((share) => share.variation);
}

export function removalOf(question: Question): Removal {
  const { uses, name, now, dependents, isTemporary } = question;
  const everywhere = new Set(uses.flatMap(servable));
  const isSame = everywhere.size === 1;
  const value = isSame ? name([...everywhere][0] ?? null) : '';
  const changed = uses.filter(({ lastModified }) => now - lastModified < WEEK);
  const asking = uses.filter(({ lastRequested }) => lastRequested !== undefined && now - lastRequested < WEEK);
  const checks: Check[] = [
    { isMet: isTemporary, text: isTemporary ? words.isTemporary : words.isPermanent },
    { isMet: isSame, text: isSame ? words.sameEverywhere(value) : words.differs(uses.map((use) => tell(use, name))) },
    { isMet: changed.length === 0, text: changed.length === 0 ? words.settled : words.changedLately(changed.map((use) => `${use.name} ${ago(use.lastModified, now)}`)) },
    { isMet: asking.length === 0, text: asking.length === 0 ? words.notAsked : words.asked(asking.map((use) => `${use.name} ${ago(use.lastRequested ?? 0, now)}`)) },
    { isMet: dependents === 0, text: dependents === 0 ? words.notRequired : words.required(dependents) },
  ];
  const isReady = isSame && changed.length === 0;
  return { verdict: verdictOf(question, asking.length > 0, isReady), value, checks };
}

const tell = (use: Use, name: Question['name']) => `${use.name}: ${servable(use).map(name).join(words.or)}`;

function verdictOf({ isArchived, uses, dependents, isTemporary }: Question, isAsked: boolean, isReady: boolean): Verdict {
  if (isArchived) return 'archived';
  if (uses.every(({ status }) => status === 'new')) return 'new';
  if (dependents > 0) return 'required';
  if (!isAsked) return 'remove';
  if (!isTemporary) return 'permanent';
  return isReady ? 'code' : 'notYet';
}
