// Projects and their environments.
import { queryOptions } from '@tanstack/react-query';
import { textFilter } from '../format/textFilter';
import { api, take, type Schemas } from './client';

export type Project = Schemas['ProjectRep'];
export type Environment = Schemas['EnvironmentRep'];

const MOST = 100; // shown in a picker; the others are found by typing

/** Projects by name, as many as a picker shows. */
export const projectsQuery = (search = '') =>
  queryOptions({
    queryKey: ['projects', search],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/projects', { params: { query: { limit: MOST, sort: 'name', ...textFilter(search) } }, signal })),
    placeholderData: (before) => before,
  });

export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/projects/{projectKey}', { params: { path: { projectKey: project } }, signal })),
    staleTime: 60_000,
  });

/** All environments of a project that a picker shows, in the order in which they were made. */
export const environmentsQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project, 'environments'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/projects/{projectKey}/environments', {
          params: { path: { projectKey: project }, query: { limit: MOST, sort: 'createdOn' } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
