// Segments: pages of the list, one segment, previews and changes, who is in it.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { findUndo } from '../format/restore';
import { textFilter } from '../format/textFilter';
import { useWrite } from '../ui/writing';
import { api, JSON_PATCH, SEMANTIC, take, type Schemas } from './client';

export type Segment = Schemas['SegmentRep'];
export type SegmentInstruction = Schemas['SegmentInstruction'];

export interface SegmentPlace {
  project: string;
  environment: string;
  segment: string;
}

export interface SegmentChange extends SegmentPlace {
  instructions: SegmentInstruction[];
}

const MANY = '/api/v2/segments/{projectKey}/{environmentKey}';
const ONE = `${MANY}/{segmentKey}` as const;
const OWN = '/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/segments/{segmentKey}';

export const segmentPath = ({ project, environment, segment }: SegmentPlace) => ({
  projectKey: project,
  environmentKey: environment,
  segmentKey: segment,
});

export const segmentKeys = {
  all: (project: string, environment: string) => ['project', project, 'environment', environment, 'segments'] as const,
  one: ({ project, environment, segment }: SegmentPlace) => [...segmentKeys.all(project, environment), 'one', segment] as const,
};

export const segmentPageQuery = (project: string, environment: string, text: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...segmentKeys.all(project, environment), 'pages', text, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET(MANY, {
          params: {
            path: { projectKey: project, environmentKey: environment },
            query: { limit, offset, ...textFilter(text) },
          },
          signal,
        }),
      ),
  });

export const segmentQuery = (place: SegmentPlace) =>
  queryOptions({
    queryKey: segmentKeys.one(place),
    queryFn: ({ signal }) => take(api.GET(ONE, { params: { path: segmentPath(place) }, signal })),
  });

/** What a change would do, in the server's words; nothing of it is kept. */
export const segmentPreviewQuery = ({ instructions, ...place }: SegmentChange) =>
  queryOptions({
    queryKey: [...segmentKeys.one(place), 'preview', instructions],
    queryFn: () =>
      take(api.POST(`${OWN}/preview`, { params: { path: segmentPath(place) }, headers: SEMANTIC, body: { instructions } })),
    staleTime: 0,
    gcTime: 0,
  });

/** In which segments a context is that has a key and nothing else. */
export const membershipQuery = ({ project, environment, segment }: SegmentPlace, kind: string, key: string) =>
  queryOptions({
    queryKey: [...segmentKeys.one({ project, environment, segment }), 'member', kind, key],
    queryFn: async ({ signal }) => {
      const { items } = await take(
        api.POST('/api/v2/projects/{projectKey}/environments/{environmentKey}/segments/evaluate', {
          params: { path: { projectKey: project, environmentKey: environment } },
          body: { kind, key } as never,
          signal,
        }),
      );
      return items.find((one) => one.key === segment) ?? null;
    },
    enabled: key !== '',
    staleTime: 0,
  });

export const useMakeSegment = () =>
  useSegmentCall(({ project, environment, body }: Omit<SegmentPlace, 'segment'> & { body: Schemas['SegmentPost'] }) =>
    take(api.POST(MANY, { params: { path: { projectKey: project, environmentKey: environment } }, body })),
  );

/** Saves a change, and shows its result wherever the segment is shown. */
export const useChangeSegment = () =>
  useSegmentCall(({ instructions, comment = '', ...place }: SegmentChange & { comment?: string }) =>
    take(
      api.PATCH(ONE, {
        params: { path: segmentPath(place) },
        headers: SEMANTIC,
        body: { instructions, ...(comment && { comment }) },
      }),
    ),
  );

/** What a segment was at a version, with the JSON patch that makes it so again, or why none does. */
export const findSegmentVersion = (place: SegmentPlace, version: number) =>
  take(api.GET(`${OWN}/at`, { params: { path: segmentPath(place), query: { version } } }));

export const patchSegment = (place: SegmentPlace, patch: unknown[], comment: string) =>
  take(api.PATCH(ONE, { params: { path: segmentPath(place) }, headers: JSON_PATCH, body: { patch: patch as never, comment } }));

/** Takes the change back that made a version of a segment; refused where somebody has changed it since. */
export const useUndoSegment = () =>
  useSegmentCall(async ({ version, comment, ...place }: SegmentPlace & { version: number; comment: string }) => {
    const undo = findUndo(await findSegmentVersion(place, version - 1), '/version', version);
    return patchSegment(place, undo, comment);
  });

export const useDeleteSegment = () =>
  useSegmentCall((place: SegmentPlace) => take(api.DELETE(ONE, { params: { path: segmentPath(place) } })));

function useSegmentCall<Given extends Omit<SegmentPlace, 'segment'>, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: run,
    onSuccess: (_, { project, environment }) => client.invalidateQueries({ queryKey: segmentKeys.all(project, environment) }),
  });
}
