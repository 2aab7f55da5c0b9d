// What a member has chosen in the console, as the server keeps it for every browser.
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';
import { keepAnswer, queries } from './queries';

export type Preferences = Schemas['Preferences'];

const keyOf = (member: string) => ['preferences', member];

/** Asked for whenever a page that shows them is come back to: another browser may have changed them. */
export const preferencesQuery = (member: string) =>
  queryOptions({
    queryKey: keyOf(member),
    queryFn: ({ signal }) => take(api.GET('/api/v2/flagstaff/preferences', { signal })),
    staleTime: 0,
  });

/** Keeps what is given; what is not stays as it is. An answer that is on its way is of before, and not waited for. */
export async function putPreferences(member: string, given: Preferences): Promise<void> {
  await queries.cancelQueries({ queryKey: keyOf(member) });
  await keepAnswer(keyOf(member), await take(api.PUT('/api/v2/flagstaff/preferences', { body: given })));
}
