// Whether the reader may make a flag: it is in every environment at once.
import { useAccessTo } from '../../api/may';
import type { Environment } from '../../api/places';

/** Why the reader may make no flag, of whatever key; undefined where he may. */
export const useNewFlagRefusal = (project: string, environments: readonly Pick<Environment, 'key' | 'name'>[]): string | undefined =>
  useAccessTo(
    ['createFlag'],
    environments.map(({ key, name }) => ({ name, resource: `proj/${project}:env/${key}:flag/*` })),
  ).refusal('createFlag');
