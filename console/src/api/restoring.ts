// Taking a flag or a segment back to a version: what that would do, and doing it.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { Restorable } from '../format/audit';
import { useWrite } from '../ui/writing';
import { api, JSON_PATCH, take, type Schemas } from './client';
import { flagEffectQuery, segmentEffectQuery } from './effects';
import { flagKeys, patchFlag, type Flag } from './flags';
import { findFlagVersion, type FlagVersion } from './flagVersions';
import { findSegmentVersion, patchSegment, segmentKeys, segmentPath, type SegmentPlace } from './segments';

type Step = Schemas['PatchStepRep'];

export interface RestorePlan {
  /** The JSON patch that restores it; empty if it is so now. */
  patch: Step[];
  title: string;
  description: string;
  conflicts: Schemas['ConflictRep'][];
  denied: Schemas['DeniedRep'][];
  steps: Schemas['PreviewStepRep'][];
  /** Of a flag, how it is then. */
  flag?: Flag;
  /** Why no patch makes it so again. */
  obstacle?: string;
}

const NOTHING = { patch: [], title: '', description: '', conflicts: [], denied: [], steps: [] };

export const restorePlanQuery = (target: Restorable) =>
  queryOptions({
    queryKey: ['project', target.project, 'restore', target],
    queryFn: async (): Promise<RestorePlan> => {
      const { restore, obstacle } = await findPast(target);
      if (restore === undefined) return { ...NOTHING, obstacle: obstacle ?? '' };
      if (restore.length === 0) return NOTHING;
      const told = await preview(target, restore);
      const { title, description, conflicts, denied, steps } = told;
      return { patch: restore, title, description, conflicts, denied, steps, ...('flag' in told && { flag: told.flag }) };
    },
    staleTime: 0,
    gcTime: 0,
  });

const asFlag = ({ project, environment = '', key, version }: Restorable): FlagVersion => ({ project, environment, flag: key, version });
const asSegment = ({ project, environment = '', key }: Restorable): SegmentPlace => ({ project, environment, segment: key });

const findPast = (target: Restorable): Promise<{ restore?: Step[]; obstacle?: string }> =>
  target.kind === 'segment' ? findSegmentVersion(asSegment(target), target.version) : findFlagVersion(asFlag(target));

function preview(target: Restorable, patch: Step[]) {
  const body = patch as never; // the document has no narrower type for a patch than for a list
  if (target.kind === 'segment') {
    const params = { path: segmentPath(asSegment(target)) };
    return take(
      api.POST('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/segments/{segmentKey}/preview', {
        params,
        headers: JSON_PATCH,
        body,
      }),
    );
  }
  return take(
    api.POST('/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/preview', {
      params: { path: { projectKey: target.project, featureFlagKey: target.key } },
      headers: JSON_PATCH,
      body,
    }),
  );
}

/** What the patch of a plan would have done to the contexts seen of late. */
export function effectQuery(target: Restorable, patch: Step[]) {
  const change = { instructions: [], document: patch };
  return target.kind === 'segment'
    ? segmentEffectQuery({ ...asSegment(target), ...change })
    : flagEffectQuery({ ...asFlag(target), ...change });
}

export interface Restoring {
  target: Restorable;
  patch: Step[];
  comment: string;
}

/** Sends the patch of a plan; refused where somebody has changed it since the plan was made. */
export function useRestore() {
  const client = useQueryClient();
  return useWrite({
    mutationFn: async ({ target, patch, comment }: Restoring): Promise<void> => {
      if (target.kind === 'segment') await patchSegment(asSegment(target), patch, comment);
      else await patchFlag({ ...asFlag(target), instructions: [], document: patch }, comment);
    },
    onSuccess: (_, { target: { kind, project, environment = '' } }) => {
      void client.invalidateQueries({ queryKey: ['audit'] });
      const queryKey = kind === 'segment' ? segmentKeys.all(project, environment) : flagKeys.all(project);
      void client.invalidateQueries({ queryKey });
    },
  });
}
