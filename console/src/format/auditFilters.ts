// The view of the audit log, as its address has it and as the API is asked for it.
import { specifierPart } from './specifiers';

/** Kinds of what was done, as the API knows them. */
export const ACTS = ['created', 'changed', 'toggled', 'archived', 'deleted', 'refused'] as const;
export type Act = (typeof ACTS)[number];

export interface AuditFilters {
  q: string;
  /** The key of an environment, ACCOUNT, or empty for the whole project. */
  env: string;
  /** The id of a member or token. */
  who: string;
  /** The kind of what was done, or empty. */
  act: Act | '';
  /** A resource specifier. */
  resource: string;
  /** Only entries up to this time. */
  at: number | undefined;
}

/** In place of an environment: everything, also what is in no project. No environment can be called so. */
export const ACCOUNT = '~account';

export type AuditFilterName = keyof AuditFilters;

export function readAuditFilters(search: URLSearchParams): AuditFilters {
  const at = Number(search.get('at') ?? '');
  return {
    q: search.get('q') ?? '',
    env: search.get('env') ?? '',
    who: search.get('who') ?? '',
    act: ACTS.find((one) => one === search.get('act')) ?? '',
    resource: search.get('resource') ?? '',
    at: Number.isInteger(at) && at > 0 ? at : undefined,
  };
}

export interface AuditQuery {
  q?: string;
  who?: string;
  act?: Act;
  spec?: string;
  within?: string;
  before?: number;
}

/** What the API is asked for: in a project, in one environment of it, or everywhere. */
export function auditQueryOf({ q, env, who, act, resource, at }: AuditFilters, project: string): AuditQuery {
  const within = placeOf(project, env);
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(who !== '' && { who }),
    ...(act !== '' && { act }),
    ...(resource.trim() !== '' && { spec: resource.trim() }),
    ...(within !== undefined && { within }),
    ...(at !== undefined && { before: at + 1 }),
  };
}

function placeOf(project: string, env: string): string | undefined {
  if (env === ACCOUNT) return undefined;
  const whole = `proj/${specifierPart(project)}`;
  return env === '' ? whole : `${whole}:env/${specifierPart(env)}`;
}

/** The specifier of a flag in one environment, or in all; what concerns the whole flag is found by both. */
export const historySpec = (project: string, environment: string | undefined, flag: string) =>
  `proj/${specifierPart(project)}:env/${environment === undefined ? '*' : specifierPart(environment)}:flag/${specifierPart(flag)}`;

export const isAuditFiltered = ({ q, env, who, act, resource, at }: AuditFilters) =>
  [q.trim(), env, who, act, resource.trim()].some((part) => part !== '') || at !== undefined;
