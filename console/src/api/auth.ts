// The routes under /auth: sessions, invitations, passwords, second factors.
import { queryOptions } from '@tanstack/react-query';
import { Failure, readFailure } from '../format/failure';
import { DRAFTS_OF, readStored } from '../ui/prefs';
import { readLate } from '../ui/readLate';
import { noteAnswer, noteSilence } from './connection';

export interface SessionMember {
  _id: string;
  email: string;
  firstName?: string;
  lastName?: string;
  role: string;
}

export interface Session {
  _id: string;
  member: SessionMember;
  createdAt: number;
  expiresAt: number;
  secondFactor: boolean;
  /** Types of which no role shows any, such as `webhook`. */
  unseen: string[];
  /** Of the newest change: what is read later has all up to it. */
  position: number;
}

export interface SignInMethods {
  password: boolean;
  oidc: { name: string } | null;
  mail: boolean;
}

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

export interface Joining {
  firstName: string;
  lastName: string;
  password: string;
}

export interface OpenSession {
  _id: string;
  createdAt: number;
  lastSeen: number;
  address: string;
  userAgent: string;
  current: boolean;
}

export interface Factor {
  secret: string;
  uri: string;
}

export interface ChosenPassword {
  password: string;
  /** Of the second factor, if the member has one. */
  code?: string;
}

export interface NewPassword {
  password: string;
  newPassword: string;
}

/** A call under /auth; throws Failure. One that has no session is not told as a lost one. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: HeadersInit = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const content = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(`/auth${path}`, { method, headers, body: content }).catch(() => {
    noteSilence();
    throw new Failure(0, 'unreachable', '');
  });
  if (response.status !== 401) noteAnswer(response);
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw readFailure(response, answer);
  return answer as T;
}

const part = encodeURIComponent;

export const auth = {
  signIn: (credentials: Credentials) => call<Session>('POST', '/sign-in', credentials),
  signOut: () => call<undefined>('POST', '/sign-out'),
  invitation: (token: string) => call<{ email: string }>('GET', `/invitations/${part(token)}`),
  join: (token: string, joining: Joining) => call<Session>('POST', `/invitations/${part(token)}`, joining),
  askReset: (email: string) => call<undefined>('POST', '/resets', { email }),
  reset: (token: string) => call<{ email: string; secondFactor: boolean }>('GET', `/resets/${part(token)}`),
  setPassword: (token: string, chosen: ChosenPassword) => call<Session>('POST', `/resets/${part(token)}`, chosen),
};

export const ownAccount = {
  endSession: (id: string) => call<undefined>('DELETE', `/sessions/${part(id)}`),
  changePassword: (given: NewPassword) => call<undefined>('PUT', '/password', given),
  beginFactor: () => call<Factor>('POST', '/totp'),
  confirmFactor: (code: string) => call<{ recoveryCodes: string[] }>('POST', '/totp/confirm', { code }),
  endFactor: (password: string) => call<undefined>('DELETE', '/totp', { password }),
};

/** Where the reader is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => call<{ items: OpenSession[] }>('GET', '/sessions'),
});

export const oidcAddress = (next: string) => `/auth/oidc?next=${part(next)}`;

/** Who is signed in; fails with 401 when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await call<Session>('GET', '/session');
    const { _id } = session.member;
    // Before anything of it is drawn, however one came in; mostly it is the same member.
    if (readStored(DRAFTS_OF) !== _id) (await readLate(() => import('../ui/draftOwner'))).ownDrafts(_id);
    return session;
  },
  staleTime: Infinity,
});

export const methodsQuery = queryOptions({
  queryKey: ['sign-in methods'],
  queryFn: () => call<SignInMethods>('GET', '/methods'),
  staleTime: Infinity,
});

export function memberName(member: Pick<SessionMember, 'email' | 'firstName' | 'lastName'>): string {
  return [member.firstName, member.lastName].filter(Boolean).join(' ') || member.email;
}
