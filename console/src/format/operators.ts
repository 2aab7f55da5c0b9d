// Operators of clauses in words, and what may stand as their values.
import { targetingWords as words } from '../strings/targeting';
import type { Clause, ClauseValue } from './steps';
import { isVersion, meantBy, readAs } from './versions';

const WORDS: Record<string, [is: string, isNot: string]> = {
  in: ['is one of', 'is none of'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
  contains: ['contains', 'does not contain'],
  matches: ['matches', 'does not match'],
  segmentMatch: ['is in segment', 'is not in segment'],
  lessThan: ['is below', 'is not below'],
  lessThanOrEqual: ['is at most', 'is not at most'],
  greaterThan: ['is above', 'is not above'],
  greaterThanOrEqual: ['is at least', 'is not at least'],
  before: ['is before', 'is not before'],
  after: ['is after', 'is not after'],
  semVerEqual: ['is version', 'is not version'],
  semVerLessThan: ['is below (semver)', 'is not below (semver)'],
  semVerGreaterThan: ['is above (semver)', 'is not above (semver)'],
};
const NUMERIC = new Set(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual']);
const NOT = '!';

export const operatorWords = ({ op, negate }: Pick<Clause, 'op' | 'negate'>) => WORDS[op]?.[negate ? 1 : 0] ?? op;

/** Every operator and its opposite: `in`, `!in`. */
export const OPERATORS = Object.entries(WORDS).flatMap(([op, [is, isNot]]) => [
  { value: op, label: is },
  { value: NOT + op, label: isNot },
]);

export const operatorChoice = ({ op, negate }: Pick<Clause, 'op' | 'negate'>) => (negate ? NOT : '') + op;

export const chosenOperator = (choice: string): Pick<Clause, 'op' | 'negate'> =>
  choice.startsWith(NOT) ? { op: choice.slice(1), negate: true } : { op: choice, negate: false };

/** Typed words as values: numbers where the operator compares them, `true` and `false` where it compares anything. */
export function typedValues(op: string, texts: string[], before: ClauseValue[]): ClauseValue[] {
  const known = new Map(before.map((value) => [String(value), value]));
  return texts.map((text) => known.get(text) ?? typed(op, text));
}

function typed(op: string, text: string): ClauseValue {
  if (op === 'in' && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = NUMERIC.has(op) && text.trim() !== '' && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

/** Why a value cannot be asked for by the operator; the server has the last word. */
export function valueProblem(op: string, value: ClauseValue): string | undefined {
  const text = String(value);
  if (NUMERIC.has(op) && typeof value !== 'number') return words.noNumber(text);
  if (isOfVersions(op) && !isVersion(text)) return words.noVersion(text, meantBy(text));
  return op === 'matches' ? bracketProblem(text) : undefined;
}

/** What is to be known of a value that can be asked for: how it is read. */
export function valueNote(op: string, value: ClauseValue): string | undefined {
  const whole = isOfVersions(op) ? readAs(String(value)) : undefined;
  return whole && words.readAs(String(value), whole);
}

const isOfVersions = (op: string) => op.startsWith('semVer');

/** What no dialect of regular expressions takes: a bracket without its other half. */
function bracketProblem(pattern: string): string | undefined {
  const open: number[] = [];
  let set: number | undefined; // where a set of characters begins
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    if (sign === '\\') at += 1;
    else if (set !== undefined) {
      if (sign === ']' && !/^\[\^?$/.test(pattern.slice(set, at))) set = undefined;
    } else if (sign === '[') set = at;
    else if (sign === '(') open.push(at);
    else if (sign === ')' && open.pop() === undefined) return words.neverOpened(')', at + 1);
  }
  const unclosed = set ?? open.at(-1);
  return unclosed === undefined ? undefined : words.neverClosed(pattern[unclosed] ?? '', unclosed + 1);
}
