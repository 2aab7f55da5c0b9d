// What filters offer: tags and members by the beginning of what is typed.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { textFilter } from '../format/textFilter';
import { api, take } from './client';

const MOST = 20; // shown at once; the others are found by typing

export type TagKind = 'environment' | 'flag' | 'project' | 'segment';

export const tagsQuery = (kind: TagKind, begin: string) =>
  queryOptions({
    queryKey: ['tags', kind, begin],
    queryFn: ({ signal }) => take(api.GET('/api/v2/tags', { params: { query: { kind, ...(begin && { pre: begin }) } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const membersQuery = (text: string) =>
  queryOptions({
    queryKey: ['members', 'choices', text],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/members', {
          params: { query: { limit: MOST, ...textFilter(text) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
