// What a change would have done to the contexts that were seen of late.
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from './client';
import { flagKeys, type FlagChange } from './flags';
import { segmentKeys, segmentPath, type SegmentChange } from './segments';

export type Effect = Schemas['EffectRep'];
export type FlagEffect = Schemas['FlagEffectRep'];

const ONCE = { staleTime: 0, gcTime: 0 };
const PLACE = '/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}';

/** Instructions, or a JSON patch in their place. */
const triedOf = (instructions: unknown[], document?: unknown[]) => (document ? { patch: document } : { instructions }) as never;

/** Of a flag, in the environment that is named in the change. */
export const flagEffectQuery = ({ project, environment, flag, instructions, document }: FlagChange) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'effect', environment, document ?? instructions],
    queryFn: ({ signal }) =>
      take(
        api.POST(`${PLACE}/flags/{featureFlagKey}/effect`, {
          params: { path: { projectKey: project, environmentKey: environment, featureFlagKey: flag } },
          body: triedOf(instructions, document),
          signal,
        }),
      ),
    ...ONCE,
  });

/** Which step of a flag, as it is saved, decides for whom was seen of late. */
export const stepSharesQuery = (project: string, environment: string, flag: string, days = 1) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'shares', environment, days],
    queryFn: ({ signal }) =>
      take(
        api.GET(`${PLACE}/flags/{featureFlagKey}/shares`, {
          params: { path: { projectKey: project, environmentKey: environment, featureFlagKey: flag }, query: { days } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** Of a segment: what the flags that use it would have served. */
export const segmentEffectQuery = ({ instructions, document, ...place }: SegmentChange & { document?: unknown[] }) =>
  queryOptions({
    queryKey: [...segmentKeys.one(place), 'effect', document ?? instructions],
    queryFn: ({ signal }) =>
      take(
        api.POST(`${PLACE}/segments/{segmentKey}/effect`, {
          params: { path: segmentPath(place) },
          body: triedOf(instructions, document),
          signal,
        }),
      ),
    ...ONCE,
  });
