// The audit log: pages of entries, newest first, and one entry with what was before and after it.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditQuery } from '../format/auditFilters';
import { memberName } from './auth';
import { api, take, type Schemas } from './client';

export type AuditEntry = Schemas['AuditEntryRep'];
export type AuditDetail = Schemas['AuditDetailRep'];

/** Who acted: the member, also where a token acted for one. */
export const actorOf = ({ member, subject }: AuditEntry) => (member === undefined ? subject.name : memberName(member));

const PAGE = 20; // the most that the API gives at once

/** Entries as far back as they were asked for. */
export const auditQuery = (query: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'entries', query],
    queryFn: ({ signal, pageParam }) =>
      take(api.GET('/api/v2/auditlog', { params: { query: { limit: PAGE, ...query, ...pageParam } }, signal })),
    initialPageParam: {},
    getNextPageParam: ({ _links: { next } }) => (next === undefined ? undefined : placeOf(next.href)),
    placeholderData: keepPreviousData,
  });

/** Where the link to the next page goes on. */
function placeOf(href: string): { before?: number; cursor?: number } {
  const search = new URLSearchParams(href.slice(href.indexOf('?')));
  return { before: Number(search.get('before')), cursor: Number(search.get('cursor')) };
}

const CHECKED_AGAIN = 60_000; // milliseconds, as the server does

/** Whether the log holds, as the server has last found it. */
export const verificationQuery = queryOptions({
  queryKey: ['verification'],
  queryFn: ({ signal }) => take(api.GET('/api/v2/flagstaff/audit-log/verification', { signal })),
  refetchInterval: CHECKED_AGAIN,
});

/** An entry never changes, so it is asked for once. */
export const auditEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['entry', id],
    queryFn: ({ signal }) => take(api.GET('/api/v2/auditlog/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

/** The last changes after a time, at most as many as a page has. */
export const lastEntriesQuery = (spec: string, after: number) =>
  queryOptions({
    queryKey: ['audit', 'last', spec, after],
    queryFn: async ({ signal }) =>
      (await take(api.GET('/api/v2/auditlog', { params: { query: { limit: PAGE, spec, after } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
