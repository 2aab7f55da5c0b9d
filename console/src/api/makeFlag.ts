// A first flag: of true and false, for every kind of SDK, and on where it is tried.
import { Failure } from '../format/failure';
import { api, take, type Schemas } from './client';
import { patchFlag, useFlagPatch } from './flags';

interface FirstFlag {
  project: string;
  environment: string;
  name: string;
  key: string;
}

/** Makes it and turns it on; one that there is already is only turned on. */
export const useMakeFirstFlag = () =>
  useFlagPatch(async ({ project, environment, name, key }: FirstFlag) => {
    const clientSideAvailability = { usingEnvironmentId: true, usingMobileKey: true };
    const body = { key, name, clientSideAvailability } as Schemas['FlagBody'];
    await take(api.POST('/api/v2/flags/{projectKey}', { params: { path: { projectKey: project } }, body })).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.status !== 409) throw error;
    });
    return patchFlag({ project, environment, flag: key, instructions: [{ kind: 'turnFlagOn' }] }, '');
  }, true);
