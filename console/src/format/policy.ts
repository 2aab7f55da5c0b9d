// Policies as people edit them: statements read and written as JSON, and what is wrong with one.
import { actionNames, actionSpellings } from '../strings/actions';
import { policyFaults as words } from '../strings/policy';
import { ACTIONS } from './actions';

export interface Statement {
  effect: 'allow' | 'deny';
  resources?: string[];
  notResources?: string[];
  actions?: string[];
  notActions?: string[];
}

export type ListName = Exclude<keyof Statement, 'effect'>;

const LISTS: readonly ListName[] = ['resources', 'notResources', 'actions', 'notActions'];
const SEGMENTS = /:(?![^{}]*\})/;
const NEVER = { critical: /^\{critical:(true|false)\}$/ };

/** What the API has for a list that is not there becomes nothing. */
export function readStatements(wire: readonly Partial<Record<keyof Statement, unknown>>[]): Statement[] {
  return wire.map((statement) => {
    const lists = LISTS.filter((name) => Array.isArray(statement[name])).map((name) => [name, statement[name]] as const);
    return { effect: statement.effect === 'deny' ? 'deny' : 'allow', ...(Object.fromEntries(lists) as Partial<Statement>) };
  });
}

export const writePolicy = (statements: readonly Statement[]): string => JSON.stringify(statements, null, 2);

/** The statements that a JSON value holds, or in words why it holds none. */
export function readPolicy(value: unknown): Statement[] | string {
  if (!Array.isArray(value)) return words.noList;
  for (const [place, statement] of (value as unknown[]).entries()) {
    const fault = shapeFault(statement);
    if (fault !== undefined) return words.inStatement(place + 1, fault);
  }
  return readStatements(value as Statement[]);
}

function shapeFault(statement: unknown): string | undefined {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) return words.noObject;
  const members = statement as Record<string, unknown>;
  const unknown = Object.keys(members).find((name) => name !== 'effect' && !(LISTS as readonly string[]).includes(name));
  if (unknown !== undefined) return words.unknownMember(unknown);
  if (members.effect !== 'allow' && members.effect !== 'deny') return words.noEffect;
  const wrong = LISTS.find((name) => members[name] !== undefined && !isTexts(members[name]));
  return wrong && words.noTexts(wrong);
}

const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Why a text is no resource specifier; undefined for one that is. */
export function specifierFault(text: string): string | undefined {
  const types: string[] = [];
  for (const [place, segment] of text.split(SEGMENTS).entries()) {
    const [named = '', ...marks] = (place > 0 ? segment.replace(/^\//, '') : segment).split(';');
    const [type = '', ...name] = named.split('/');
    if (named !== 'acct' && (type === '' || name.join('/') === '')) return words.noName(named);
    const fault = marks.length > 0 ? marksFault(type, marks.join(';')) : undefined;
    if (fault !== undefined) return fault;
    types.push(type);
  }
  const path = types.join(':');
  if (path in ACTIONS) return undefined;
  const known = Object.keys(ACTIONS).find((one) => one.split(':').at(-1) === types.at(-1));
  return known === undefined ? words.unknownType(types.at(-1) ?? '') : words.writtenAs(types.at(-1) ?? '', templateOf(known));
}

function marksFault(type: string, text: string): string | undefined {
  for (const mark of text.split(/,(?![^{}]*\})/).map((one) => one.trim())) {
    if (mark === '') return words.emptyTag;
    if (mark.startsWith('{') && !(type === 'env' && NEVER.critical.test(mark))) return words.unknownProperty(mark);
  }
  return undefined;
}

/** The types of a specifier's segments: `proj:env:flag`. */
export const pathOf = (specifier: string): string =>
  specifier.split(SEGMENTS).map((segment) => segment.replace(/^\//, '').split(/[/;]/)[0] ?? '').join(':');

/** A specifier of everything of a type: `proj/*:env/*:flag/*`. */
export const templateOf = (path: string): string =>
  path.split(':').map((type) => (type === 'acct' ? type : `${type}/*`)).join(':');

/** The types of resources that a statement is about; of one that excludes resources, every type. */
export function pathsOf({ resources }: Statement): string[] {
  const known = (resources ?? []).map(pathOf).filter((path) => path in ACTIONS);
  return known.length > 0 ? [...new Set(known)] : Object.keys(ACTIONS);
}

/** The actions that its resources have, to be offered. */
export const actionsFor = (statement: Statement): string[] =>
  [...new Set(pathsOf(statement).flatMap((path) => ACTIONS[path] ?? []))].sort();

/** Actions that none of its resources has: they do nothing, and may be typing errors. */
export function strangeActions(statement: Statement): string[] {
  const known = actionsFor(statement);
  const names = statement.actions ?? statement.notActions ?? [];
  return names.filter((name) => !name.includes('*') && !known.includes(name));
}

export interface StatementFaults {
  resources?: string;
  actions?: string;
}

/** What keeps a statement from being saved. */
export function statementFaults(statement: Statement): StatementFaults {
  const resources = statement.resources ?? statement.notResources ?? [];
  const actions = statement.actions ?? statement.notActions ?? [];
  const faulty = resources.find((text) => specifierFault(text) !== undefined);
  const inResources = resources.length === 0 ? words.noResources : faulty && `${faulty}: ${specifierFault(faulty) ?? ''}`;
  const inActions = actions.length === 0 ? words.noActions : actions.some((name) => /\s/.test(name)) && words.blankInAction;
  return { ...(inResources && { resources: inResources }), ...(inActions && { actions: inActions }) };
}

export const hasFaults = (statements: readonly Statement[]): boolean =>
  statements.some((statement) => Object.keys(statementFaults(statement)).length > 0);

/** Turns “these” into “all but these”, and back. */
export function inverted(statement: Statement, what: 'resources' | 'actions'): Statement {
  const inverse = what === 'resources' ? 'notResources' : 'notActions';
  const { [what]: plain, [inverse]: not, ...rest } = statement;
  return not === undefined ? { ...rest, [inverse]: plain ?? [] } : { ...rest, [what]: not };
}

export const isSamePolicy = (one: readonly Statement[], other: readonly Statement[]): boolean =>
  writePolicy(one.map(ordered)) === writePolicy(other.map(ordered));

/** Which of a policy's statements it is, counted from 1; 0 if none. */
export const numberOf = (statement: Statement, policy: readonly Statement[]): number =>
  policy.findIndex((one) => isSamePolicy([one], [statement])) + 1;

const ordered = ({ effect, ...lists }: Statement): Statement => {
  const given = LISTS.filter((name) => (lists[name] ?? []).length > 0).map((name) => [name, lists[name]]);
  return { effect, ...(Object.fromEntries(given) as Partial<Statement>) };
};

/** The text of one resource; `names` are those of its segments, outermost first. */
export const resourceText = (path: string, names: readonly string[]): string =>
  path.split(':').map((type, place) => (type === 'acct' ? type : `${type}/${names[place] ?? ''}`)).join(':');

/** An action in words: `updateOffVariation` is “update off variation”. */
export const actionWords = (action: string): string => actionNames[action] ?? wordsIn(action).map(spelled).join(' ');

const wordsIn = (action: string): string[] => action.match(/OAuth|[Xx]509|[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [action];

function spelled(written: string): string {
  const word = written.toLowerCase();
  return actionSpellings[word] ?? word;
}
