// Why the reader may not do something, in words, as the server has decided it.
import { permissionWords as words } from '../strings/permission';
import { actionWords } from './policy';

const NAMED = 3;

/** An action that the server denies, and the role that refuses it, if one does. */
export interface Denied {
  action: string;
  reason: { role_name?: string };
}

/** What the server denies somewhere; nameless where it is plain where that is. */
export interface Place {
  name: string;
  denied: Denied[];
}

/** The places of refused accesses, as they are called, with what the server says of each: null where one may by now. */
export function placesOf(
  asked: readonly { resource: string }[],
  checks: readonly (Denied | null)[],
  nameOf: (resource: string) => string,
): Place[] {
  const found = asked.map(({ resource }, at) => ({ name: nameOf(resource), denied: [checks[at] ?? []].flat() }));
  return found.filter(({ denied }) => denied.length > 0);
}

/** Why none of these actions may be done in all of these places; undefined if one may, or nothing is known. */
export function refusalIn(places: Place[], actions: string[], others: readonly string[] = []): string | undefined {
  const found = actions.map((action) => firstDenied(places, action)).filter((one) => one !== undefined);
  return found.length < actions.length ? undefined : tell(found, others);
}

/** What of these actions may not be done, as one sentence; undefined if all may. */
export function missingIn(places: Place[], actions: string[], others: readonly string[] = []): string | undefined {
  return tell(
    actions.map((action) => firstDenied(places, action)).filter((one) => one !== undefined),
    others,
  );
}

interface Refused {
  action: string;
  place: string;
  role: string;
}

function firstDenied(places: Place[], action: string): Refused | undefined {
  for (const { name, denied } of places) {
    const found = denied.find((one) => one.action === action);
    if (found !== undefined) return { action, place: name, role: found.reason.role_name ?? '' };
  }
  return undefined;
}

/** `others` are the names of those who may. */
function tell(refused: Refused[], others: readonly string[]): string | undefined {
  const [first] = refused;
  if (first === undefined) return undefined;
  const acts = refused.map(({ action }) => words.act(words.acts[action] ?? actionWords(action), action)).join(', ');
  const said = words.mayNot(acts, first.place, first.role);
  return others.length === 0 ? said : `${said} ${words.ask(listed(others))}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [words.more(more)] : [])].join(', ');
}
