// What a refused call has lacked, and whom to ask, in the words that controls use before anything is pressed.
import { queryOptions } from '@tanstack/react-query';
import { Failure } from '../format/failure';
import { missingIn, placesOf } from '../format/permission';
import { readResource } from '../format/specifiers';
import { words } from '../strings/shared';
import { api, take } from './client';
import { askMay } from './asking';

/** The failure with these words; as it is where the caller may by now, or nothing can be found out. */
export async function explained(failure: Failure): Promise<Failure> {
  try {
    const why = await find(failure.denied);
    return why === undefined ? failure : failure.saying(why);
  } catch {
    return failure;
  }
}

/** The same for what a change that is looked at lacks; null where it lacks nothing any more. */
export const refusedQuery = (denied: Failure['denied']) =>
  queryOptions({ queryKey: ['refused', denied], queryFn: async () => (await find(denied)) ?? null, retry: false });

async function find(denied: Failure['denied']): Promise<string | undefined> {
  const checks = await Promise.all(denied.map(({ action, resource }) => askMay(action, resource)));
  const first = denied.find((_, at) => checks[at] !== null);
  if (first === undefined) return undefined;
  const [where, others] = await Promise.all([nameOf(first.resource), whoCan(first)]);
  const places = placesOf(denied, checks, (resource) => (resource === first.resource ? where : ''));
  const said = missingIn(places, [...new Set(denied.map(({ action }) => action))], others);
  return others.length > 0 ? said : `${said} ${words.askAnAdmin}`;
}

const whoCan = (asked: Failure['denied'][number]): Promise<string[]> =>
  take(api.POST('/api/v2/flagstaff/who-can', { body: asked })).then(
    ({ members }) => members.map(({ name }) => name),
    () => [],
  );

/** The environment that a resource is in, as people call it. */
async function nameOf(resource: string): Promise<string> {
  const { project, environment } = readResource(resource) ?? {};
  if (project === undefined || environment === undefined) return '';
  const params = { path: { projectKey: project, environmentKey: environment } };
  return (await take(api.GET('/api/v2/projects/{projectKey}/environments/{environmentKey}', { params }))).name;
}
