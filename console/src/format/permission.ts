// Why the reader may not do something, in words, as the server has decided it.
import { permissionWords as words } from '../strings/permission';
import { elsewhereIn } from './elsewhere';
import { actionWords } from './policy';

const NAMED = 3;

/** An action that the server denies, and the role that refuses it, if one does. */
export interface Denied {
  action: string;
  reason: { role_name?: string };
  /** The resource with its tags of today, and what the reader's roles give the action for instead. */
  now?: string;
  elsewhere?: readonly string[];
}

/** What the server denies somewhere; nameless where it is plain where that is. */
export interface Place {
  name: string;
  denied: Denied[];
  /** The actions that it could not be asked about. */
  unasked?: readonly string[];
}

/** Whether a question was asked, and never answered; also while it is asked again. */
export const isUnasked = ({ data, errorUpdateCount }: { data: unknown; errorUpdateCount: number }): boolean =>
  data === undefined && errorUpdateCount > 0;

/** The places of refused accesses, as they are called, with what the server says of each: null where one may by now. */
export function placesOf(
  asked: readonly { resource: string }[],
  checks: readonly (Denied | null)[],
  nameOf: (resource: string) => string,
): Place[] {
  const found = asked.map(({ resource }, at) => ({ name: nameOf(resource), denied: [checks[at] ?? []].flat() }));
  return found.filter(({ denied }) => denied.length > 0);
}

/**
 * Why none of these actions may be done in all of these places; undefined if one may, or nothing is known yet.
 * What could not be asked is not held out as allowed.
 */
export function refusalIn(places: Place[], actions: string[], others: readonly string[] = []): string | undefined {
  const found = hinderedIn(places, actions);
  return found.length < actions.length ? undefined : tell(found, others);
}

/** What of these actions may not be done, or could not be asked about, in words; undefined if all may. */
export const missingIn = (places: Place[], actions: string[], others: readonly string[] = []): string | undefined =>
  tell(hinderedIn(places, actions), others);

interface Hindered {
  action: string;
  place: string;
  /** Undefined where it could not be asked. */
  found: Denied | undefined;
}

const hinderedIn = (places: Place[], actions: string[]): Hindered[] =>
  actions.flatMap((action) => firstDenied(places, action) ?? firstUnasked(places, action) ?? []);

function firstDenied(places: Place[], action: string): Hindered | undefined {
  for (const { name, denied } of places) {
    const found = denied.find((one) => one.action === action);
    if (found !== undefined) return { action, place: name, found };
  }
  return undefined;
}

function firstUnasked(places: Place[], action: string): Hindered | undefined {
  const found = places.find(({ unasked }) => unasked?.includes(action));
  return found && { action, place: found.name, found: undefined };
}

/** `others` are the names of those who may. */
function tell(hindered: Hindered[], others: readonly string[]): string | undefined {
  const refused = hindered.filter(({ found }) => found !== undefined);
  const unasked = hindered.filter(({ found }) => found === undefined);
  const said = [tellRefused(refused), refused.length > 0 && tellOthers(others), tellUnasked(unasked)].filter(Boolean);
  return said.length > 0 ? said.join(' ') : undefined;
}

/** What is refused for the same reason in the same place stands together. */
function tellRefused(refused: Hindered[]): string {
  const acts = new Map<string, { place: string; why: string; acts: string[] }>();
  for (const { action, place, found } of refused) {
    const why = found === undefined ? '' : whyOf(found);
    const same = acts.get(`${place} ${why}`) ?? { place, why, acts: [] };
    acts.set(`${place} ${why}`, { ...same, acts: [...same.acts, inWords(action)] });
  }
  return [...acts.values()].map((one) => words.mayNot(few(one.acts), one.place, one.why)).join(' ');
}

function few(acts: string[]): string {
  const rest = acts.length - NAMED;
  return rest > 1 ? words.andMore(acts.slice(0, NAMED).join(', '), rest) : acts.join(', ');
}

function whyOf({ reason, now = '', elsewhere = [] }: Denied): string {
  if (reason.role_name !== undefined && reason.role_name !== '') return words.refuses(reason.role_name);
  return elsewhereIn(now, elsewhere) ?? words.noRole;
}

const tellOthers = (names: readonly string[]) => (names.length > 0 ? words.ask(listed(names)) : undefined);

const tellUnasked = ([first, ...more]: Hindered[]): string | undefined =>
  first && words.unasked(more.length > 0 ? '' : inWords(first.action), first.place);

const inWords = (action: string) => words.act(words.acts[action] ?? actionWords(action), action);

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [words.more(more)] : [])].join(', ');
}
