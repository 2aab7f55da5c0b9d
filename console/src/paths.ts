// Every address of the console is made here, so that a page can move without hunting for its links.

/** First words of addresses that are not projects; the server has the same list (kernel/links.py). */
export const TAKEN = new Set(
  `a account all api assets auth big-segments bulk diagnostic eval events flags healthz invite login meval metrics
   mobile mping msdk oauth ofrep ping readyz relay_auto_config reset sdk status trust welcome`.split(/\s+/),
);

/** Second words of addresses that are pages of a project, not environments. */
export const PROJECT_PAGES = new Set(['audit', 'environments', 'insights', 'metrics', 'pipelines', 'settings']);

/** What stands where the key of a flag would. */
const FLAG_PAGES = new Set(['new']);

const MARK = '~';
const part = encodeURIComponent;
const escaped = (key: string, taken: Set<string>) => (taken.has(key) ? MARK + key : part(key));

/** The key in a segment of an address, which has a mark before it where it would mean something else. */
export const keyOf = (segment: string) => (segment.length > 1 && segment.startsWith(MARK) ? segment.slice(1) : segment);

const inProject = (project: string, page: string) => `/${escaped(project, TAKEN)}/${page}`;
const inPlace = (project: string, environment: string, page: string) =>
  inProject(project, `${escaped(environment, PROJECT_PAGES)}/${page}`);

export const paths = {
  home: () => '/',
  login: (next = '/') => (next === '/' ? '/login' : `/login?next=${part(next)}`),
  reset: () => '/reset',
  profile: () => '/account/profile',
  shortcuts: () => '/account/shortcuts',
  members: () => '/account/members',
  teams: () => '/account/teams',
  team: (team: string) => `/account/teams/${part(team)}`,
  teamAccess: (team: string) => `/account/teams/${part(team)}/access`,
  roles: () => '/account/roles',
  role: (role: string) => `/account/roles/${part(role)}`,
  tokens: () => '/account/tokens',
  webhooks: () => '/account/webhooks',
  webhook: (id: string) => `/account/webhooks/${part(id)}`,
  webhookSettings: (id: string) => `/account/webhooks/${part(id)}/settings`,
  oauth: () => '/account/oauth',
  relay: () => '/account/relay',
  flags: (project: string, environment: string) => inPlace(project, environment, 'flags'),
  newFlag: (project: string, environment: string) => inPlace(project, environment, 'flags/new'),
  /** A tab of a flag; without one its targeting. */
  flag: (project: string, environment: string, flag: string, tab = '') =>
    inPlace(project, environment, `flags/${escaped(flag, FLAG_PAGES)}${tab && `/${tab}`}`),
  projects: () => '/account/projects',
  /** The flags of a project, in the environment that was looked at last. */
  anyFlags: (project: string) => inProject(project, `${MARK}/flags`),
  settings: (project: string) => inProject(project, 'settings'),
  environments: (project: string) => inProject(project, 'environments'),
  environment: (project: string, environment: string) => inProject(project, `environments/${part(environment)}`),
  audit: (project: string, entry = '') => inProject(project, entry === '' ? 'audit' : `audit/${part(entry)}`),
  connections: (project: string, environment: string) => inPlace(project, environment, 'connections'),
  contexts: (project: string, environment: string) => inPlace(project, environment, 'contexts'),
  context: (project: string, environment: string, kind: string, key: string) =>
    inPlace(project, environment, `contexts/${part(kind)}/${part(key)}`),
  live: (project: string, environment: string) => inPlace(project, environment, 'live'),
  welcome: () => '/welcome',
  segments: (project: string, environment: string) => inPlace(project, environment, 'segments'),
  segment: (project: string, environment: string, segment: string) =>
    inPlace(project, environment, `segments/${part(segment)}`),
};

/** The same page in another environment; `search` (with its `?`) keeps filters and what is open. */
export function inEnvironment(path: string, environment: string, search = ''): string {
  const [, project = '', , ...rest] = path.split('/');
  return `/${[project, escaped(environment, PROJECT_PAGES), ...rest].join('/')}${search}`;
}

/** The same kind of page in another project: of a list the list, of a thing the list it stands in. */
export function inOtherProject(path: string, project: string, environment: string): string {
  const [, first = '', second = '', third = ''] = path.split('/');
  if (TAKEN.has(first)) return inPlace(project, environment, 'flags');
  if (PROJECT_PAGES.has(second)) return inProject(project, second);
  return inPlace(project, environment, third || 'flags');
}

/** Where to go after signing in: an address of this console, never of elsewhere. */
export function safeNext(next: string | null): string {
  const isHere = next !== null && /^\/(?![/\\])/.test(next);
  return isHere ? next : paths.home();
}
