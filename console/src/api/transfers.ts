// Keys of big segments as files: sent, and fetched. The server goes on after its answer.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { readFailure } from '../format/failure';
import { useWrite } from '../ui/writing';
import { api, BETA, take, type Schemas } from './client';
import { segmentKeys, segmentPath, type SegmentPlace } from './segments';

const IMPORTS = '/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/imports';
const EXPORTS = '/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/exports';
const OWN_IMPORTS = '/api/v2/flagstaff/segments/{projectKey}/{environmentKey}/{segmentKey}/imports';
const ASKED_EVERY = 700; // milliseconds

export type Mode = 'merge' | 'replace';
export type Import = Schemas['ImportReportRep'];
export type ImportState = Schemas['ImportPatch']['state'];

/** Sends a file of keys; they are seen all at once when the last is in. */
export function useSendKeys(place: SegmentPlace) {
  const client = useQueryClient();
  return useWrite({
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

/** Whether an import is under way, or rests on it. */
export const isLoading = ({ status }: Import) => status === 'preparing' || status === 'in_progress' || status === 'paused';

/** The newest import of a segment: how far it has come, what it left out, or why it failed. */
export const newestImportQuery = (place: SegmentPlace) =>
  queryOptions({
    queryKey: [...segmentKeys.one(place), 'import'],
    queryFn: async ({ signal }) => {
      const { items } = await take(api.GET(OWN_IMPORTS, { params: { path: segmentPath(place) }, signal }));
      return items[0] ?? null;
    },
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && isLoading(data) && data.status !== 'paused' ? ASKED_EVERY : false),
  });

/** Pauses an import, goes on with it, or gives it up. */
export function useImportState(place: SegmentPlace, id: string) {
  const client = useQueryClient();
  return useWrite({
    mutationFn: (state: ImportState) =>
      take(api.PATCH(`${OWN_IMPORTS}/{importID}`, { params: { path: { ...segmentPath(place), importID: id } }, body: { state } })),
    onSettled: () => client.invalidateQueries({ queryKey: segmentKeys.one(place) }),
  });
}

/** Makes a file of the included keys; answers its address once it is whole. */
export function useFetchKeys(place: SegmentPlace) {
  const path = segmentPath(place);
  return useWrite({
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
