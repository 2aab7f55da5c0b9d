// Contexts that SDKs were seen to evaluate flags for, and what they get.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { contextFilterOf, type ContextFilters } from '../format/contextFilters';
import { api, take, type Schemas } from './client';

export type SeenContext = Schemas['ContextRep'] & { context: { kind: string; key: string; name?: string } & Record<string, unknown> };
export type Served = Schemas['ServedRep'];

export interface ContextPlace {
  project: string;
  environment: string;
}

const PLACE = '/api/v2/projects/{projectKey}/environments/{environmentKey}';
const PART = 50;
const path = ({ project, environment }: ContextPlace) => ({ projectKey: project, environmentKey: environment });
const keys = ({ project, environment }: ContextPlace) => ['project', project, 'environment', environment, 'contexts'];

/** Parts of what a search finds, seen last first. */
export const contextSearchQuery = (place: ContextPlace, filters: ContextFilters) => {
  const filter = contextFilterOf(filters);
  return infiniteQueryOptions({
    queryKey: [...keys(place), 'search', filter],
    queryFn: ({ signal, pageParam }) =>
      take(
        api.POST(`${PLACE}/contexts/search`, {
          params: { path: path(place) },
          body: { limit: PART, ...(filter !== '' && { filter }), ...(pageParam !== '' && { continuationToken: pageParam }) },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ continuationToken }) => continuationToken,
    placeholderData: keepPreviousData,
  });
};

/** A context as it was last seen, in each application. */
export const contextQuery = (place: ContextPlace, kind: string, key: string) =>
  queryOptions({
    queryKey: [...keys(place), 'one', kind, key],
    queryFn: ({ signal }) =>
      take(api.GET(`${PLACE}/contexts/{kind}/{key}`, { params: { path: { ...path(place), kind, key } }, signal })),
  });

/** The contexts that were evaluated together with it. */
export const instancesQuery = (place: ContextPlace, kind: string, key: string) =>
  queryOptions({
    queryKey: [...keys(place), 'instances', kind, key],
    queryFn: ({ signal }) =>
      take(
        api.POST(`${PLACE}/context-instances/search`, {
          params: { path: path(place) },
          body: { limit: PART, filter: `kindKeys contains ${JSON.stringify(`${kind}:${key}`)}` },
          signal,
        }),
      ),
  });

/** Contexts that were evaluated together, by the id that links of the API have. */
export const instanceQuery = (place: ContextPlace, id: string) =>
  queryOptions({
    queryKey: [...keys(place), 'instance', id],
    queryFn: ({ signal }) =>
      take(api.GET(`${PLACE}/context-instances/{id}`, { params: { path: { ...path(place), id } }, signal })),
  });

/** What a context gets for each flag, and why. */
export const servedPageQuery = (place: ContextPlace, context: object, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['project', place.project, 'flags', 'served', place.environment, context, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.POST(`${PLACE}/flags/evaluate`, {
          params: { path: path(place), query: { limit, offset, sort: 'name' } },
          body: context as never,
          signal,
        }),
      ),
  });

export const attributeNamesQuery = (place: ContextPlace) =>
  queryOptions({
    queryKey: [...keys(place), 'attributes'],
    queryFn: ({ signal }) => take(api.GET(`${PLACE}/context-attributes`, { params: { path: path(place) }, signal })),
    staleTime: 60_000,
  });

export const attributeValuesQuery = (place: ContextPlace, attribute: string) =>
  queryOptions({
    queryKey: [...keys(place), 'attributes', attribute],
    queryFn: ({ signal }) =>
      take(
        api.GET(`${PLACE}/context-attributes/{attributeName}`, {
          params: { path: { ...path(place), attributeName: attribute } },
          signal,
        }),
      ),
    enabled: attribute !== '',
    staleTime: 60_000,
  });
