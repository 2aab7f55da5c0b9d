// Keys of big segments as files: sent, and fetched. The server goes on after its answer; its jobs tell how far it is.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { readFailure } from '../format/failure';
import { api, BETA, take } from './client';
import { segmentKeys, segmentPath, type SegmentPlace } from './segments';

const IMPORTS = '/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/imports';
const EXPORTS = '/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/exports';
const JOB = 'segment_import';
const ASKED_EVERY = 700; // milliseconds
const MOST_JOBS = 50;

export type Mode = 'merge' | 'replace';

/** Sends a file of keys; they are seen all at once when the last is in. */
export function useSendKeys(place: SegmentPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, mode }: { file: File; mode: Mode }) => {
      const { response, error } = await api.POST(IMPORTS, {
        params: { path: segmentPath(place), header: { 'LD-API-Version': 'beta' } },
        headers: BETA,
        body: { file: file as unknown as string, mode },
        bodySerializer: () => {
          const form = new FormData();
          form.append('mode', mode);
          form.append('file', file);
          return form;
        },
      });
      if (!response.ok) throw readFailure(response, error);
      return response.headers.get('Location')?.split('/').at(-1) ?? '';
    },
    onSuccess: () => client.invalidateQueries({ queryKey: segmentKeys.one(place) }),
  });
}

/** The newest import of a segment: how far it has come, or why it failed. */
export const importJobQuery = (place: SegmentPlace) =>
  queryOptions({
    queryKey: [...segmentKeys.one(place), 'import'],
    queryFn: async ({ signal }) => {
      const { items } = await take(api.GET('/api/v2/flagstaff/jobs', { params: { query: { kind: JOB, limit: MOST_JOBS } }, signal }));
      const subject = `proj/${place.project}:env/${place.environment}:segment/${place.segment}`;
      return items.find((job) => job.subject.replace(/;[^:]*/g, '') === subject) ?? null;
    },
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && (data.state === 'queued' || data.state === 'running') ? ASKED_EVERY : false),
  });

/** Makes a file of the included keys; answers its address once it is whole. */
export function useFetchKeys(place: SegmentPlace) {
  const path = segmentPath(place);
  return useMutation({
    mutationFn: async () => {
      const header = { 'LD-API-Version': 'beta' as const };
      let one = await take(api.POST(EXPORTS, { params: { path, header }, headers: BETA }));
      while (one.status === 'processing') {
        await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY));
        one = await take(
          api.GET(`${EXPORTS}/{exportID}`, { params: { path: { ...path, exportID: one.id }, header }, headers: BETA }),
        );
      }
      return one;
    },
  });
}
