// What a flag is set to in each environment, with all that copying it elsewhere needs.
import { useQueries } from '@tanstack/react-query';
import { flagQuery, type Flag } from '../../api/flags';
import type { Environment } from '../../api/places';
import { ratioOf } from '../../format/checkRatio';
import type { Config } from '../../format/comparison';
import { readTargeting, type AnsweredTargeting } from '../../format/steps';
import { usePlace } from '../place';

export interface Column {
  environment: Environment;
  /** Undefined where the reader may not see it. */
  config: Config | undefined;
  version: number;
  changed: number | undefined;
}

/** The other flags that this one requires, by key, as far as they may be read. */
export type RequiredFlags = ReadonlyMap<string, Flag>;

export function useColumns(flag: Flag): { columns: Column[]; required: RequiredFlags } {
  const { project, environments } = usePlace();
  const configs = environments.map((environment) => ({ environment, answered: flag.environments?.[environment.key] }));
  const required = useRequired(project.key, configs.map(({ answered }) => answered));
  const columns = configs.map(({ environment, answered }) => ({
    environment,
    config: answered && readConfig(flag, environment.key, required),
    version: answered?.version ?? 0,
    changed: answered?.lastModified,
  }));
  return { columns, required };
}

/** The flags that are required in any of these settings. */
export function useRequired(project: string, configs: (Pick<AnsweredTargeting, 'prerequisites'> | undefined)[]): RequiredFlags {
  const keys = [...new Set(configs.flatMap((config) => (config?.prerequisites ?? []).map(({ key }) => key)))];
  const answers = useQueries({ queries: keys.map((key) => flagQuery(project, key)) });
  return new Map(answers.flatMap(({ data }) => (data ? [[data.key, data] as const] : [])));
}

/** `flag` is as it is where check ratios were asked for, if it is of a migration. */
export function readConfig(flag: Flag, environment: string, required: RequiredFlags): Config {
  const answered = flag.environments?.[environment];
  const targeting = readTargeting(answered ?? {});
  const prerequisites = targeting.prerequisites.map((held) => ({
    ...held,
    variationId: required.get(held.key)?.variations[held.variation]?._id,
  }));
  const checkRatio = flag._purpose === 'migration' ? (ratioOf(flag, environment) ?? null) : undefined;
  return { ...targeting, prerequisites, on: answered?.on ?? false, checkRatio };
}
