// Members: who is to be invited, which are meant by a view, and what a form changes of one.
import { memberWords as words } from '../strings/members';
import { isSame } from './lists';

export const MOST_INVITED = 50;
const BETWEEN = /[\s,;<>]+/;
const ADDRESS = /^[^@]+@[^@]+\.[^@]+$/;

export interface ReadEmails {
  emails: string[];
  /** Words that look like addresses gone wrong. */
  faulty: string[];
}

/** The addresses in what was typed or pasted, each once: names around them are passed over. */
export function readEmails(text: string): ReadEmails {
  const words = text.split(BETWEEN).filter((word) => word.includes('@'));
  const unique = [...new Set(words.map((word) => word.toLowerCase()))];
  return {
    emails: unique.filter((word) => ADDRESS.test(word)),
    faulty: unique.filter((word) => !ADDRESS.test(word)),
  };
}

export interface MemberView {
  q: string;
  role: string;
  team: string;
  sort: string;
}

/** The `filter` of the API; empty for everybody. */
export function memberFilter({ q, role, team }: MemberView): string {
  const pairs = [
    ['query', q.trim()],
    ['role', role],
    ['team', team],
  ] as const;
  return pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${JSON.stringify(value)}`)
    .join(',');
}

export interface Access {
  role: string;
  customRoles: readonly string[];
}

export interface Replacement {
  op: 'replace';
  path: string;
  value: unknown;
}

/** The JSON patch that gives a member this role and these custom roles. */
export function accessPatch(before: Access, after: Access): Replacement[] {
  const patch: Replacement[] = [];
  if (before.role !== after.role) patch.push({ op: 'replace', path: '/role', value: after.role });
  if (!isSame(before.customRoles, after.customRoles)) {
    patch.push({ op: 'replace', path: '/customRoles', value: after.customRoles });
  }
  return patch;
}

export interface NamedRole {
  _id: string;
  name: string;
}

/** What a member is; custom roles stand for the built-in one where there are any. Those that the reader may not see are counted. */
export function rolesOf(member: Access, roles: readonly NamedRole[]): string {
  if (member.customRoles.length === 0) return words.roles[member.role] ?? member.role;
  const names = member.customRoles.flatMap((id) => roles.find((role) => role._id === id)?.name ?? []);
  const unseen = member.customRoles.length - names.length;
  return [...names, ...(unseen > 0 ? [words.unseenRoles(unseen, names.length > 0)] : [])].join(', ');
}
