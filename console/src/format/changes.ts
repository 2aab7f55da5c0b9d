// Changes that the stream tells of, and which of what is remembered they make old.

export interface Change {
  position: number;
  /** What was changed: `flag`, `segment`, `environment`, `member` ... */
  kind: string;
  key: string;
  projectKey?: string;
  environmentKeys: string[];
  actor: string;
}

export const asChange = (data: string): Change => JSON.parse(data) as Change;

const ALWAYS = ['audit']; // what every change adds to

/** Whether something remembered under this key is old after a change. */
export function isOutdated(queryKey: readonly unknown[], change: Pick<Change, 'kind' | 'key' | 'projectKey'>): boolean {
  if (ALWAYS.some((word) => queryKey.includes(word))) return true;
  const [first, project] = queryKey;
  if (first === 'project' && change.projectKey !== undefined && project !== change.projectKey) return false;
  if (change.kind === 'project') return first === 'projects' || first === 'project';
  const [, , , scope, key] = queryKey;
  if (change.kind === 'flag' && scope === 'one') return key === change.key;
  return queryKey.includes(`${change.kind}s`);
}

/** The row of a list that a change is about. */
export const touches = (change: Change, kind: string, project: string, environment: string): boolean =>
  change.kind === kind &&
  change.projectKey === project &&
  (change.environmentKeys.length === 0 || change.environmentKeys.includes(environment) || change.environmentKeys.includes('*'));
