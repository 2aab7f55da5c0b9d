// A first flag: of true and false, for every kind of SDK, and on where it is tried.
import { useQueryClient } from '@tanstack/react-query';
import { Failure } from '../format/failure';
import { useWrite } from '../ui/writing';
import { api, SEMANTIC, take, type Schemas } from './client';
import { flagKeys, type Flag } from './flags';
import { keepAnswer } from './queries';

interface FirstFlag {
  project: string;
  environment: string;
  name: string;
  key: string;
}

/** Makes it and turns it on; one that there is already is only turned on. */
export function useMakeFirstFlag() {
  const client = useQueryClient();
  return useWrite({
    mutationFn: async ({ project, environment, name, key }: FirstFlag): Promise<Flag> => {
      const clientSideAvailability = { usingEnvironmentId: true, usingMobileKey: true };
      const body = { key, name, clientSideAvailability } as Schemas['FlagBody'];
      await take(api.POST('/api/v2/flags/{projectKey}', { params: { path: { projectKey: project } }, body })).catch(
        (error: unknown) => {
          if (!(error instanceof Failure) || error.status !== 409) throw error;
        },
      );
      return take(
        api.PATCH('/api/v2/flags/{projectKey}/{featureFlagKey}', {
          params: { path: { projectKey: project, featureFlagKey: key } },
          headers: SEMANTIC,
          body: { environmentKey: environment, instructions: [{ kind: 'turnFlagOn' }] },
        }),
      );
    },
    onSuccess: async (flag, { project }) => {
      await keepAnswer(flagKeys.one(project, flag.key), flag);
      await client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
    },
  });
}
