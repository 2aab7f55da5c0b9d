// Members: who is to be invited, which are meant by a view, and what a form changes of one.
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
