// Flags as they were, and taking a change back: read once somebody reviews or undoes one.
import { findUndo } from '../format/restore';
import { api, take } from './client';
import { patchFlag, useFlagPatch } from './flags';

/** Which state of a flag is meant: the one that it had with that version, of an environment or of all of it. */
export interface FlagVersion {
  project: string;
  environment: string;
  flag: string;
  version: number;
}

/** What a flag was, with the JSON patch that makes it so again, or why none does. */
export const findFlagVersion = ({ project, environment, flag, version }: FlagVersion) =>
  take(
    api.GET('/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/at', {
      params: {
        path: { projectKey: project, featureFlagKey: flag },
        query: { ...(environment && { environmentKey: environment }), version },
      },
    }),
  );

/** Takes the change back that made a version of a flag; refused where somebody has changed it since. */
export function useUndoFlag() {
  return useFlagPatch(async ({ comment, version, ...place }: FlagVersion & { comment: string }) => {
    const path = place.environment === '' ? '/version' : `/environments/${place.environment}/version`;
    const document = findUndo(await findFlagVersion({ ...place, version: version - 1 }), path, version);
    return patchFlag({ ...place, instructions: [], document }, comment);
  });
}
