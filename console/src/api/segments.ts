// Segments: pages of the list.
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';

export type Segment = Schemas['SegmentRep'];

export const segmentKeys = {
  all: (project: string, environment: string) => ['project', project, 'environment', environment, 'segments'] as const,
};

export const segmentPageQuery = (project: string, environment: string, text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...segmentKeys.all(project, environment), 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v2/segments/{projectKey}/{environmentKey}', {
          params: {
            path: { projectKey: project, environmentKey: environment },
            query: { limit, offset, ...(text !== '' && { filter: `query:${text}` }) },
          },
          signal,
        }),
      ),
  });
