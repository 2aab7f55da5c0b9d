// How many reads of a migration are compared in an environment: one in so many, none, or as the SDK does without being told.

/** A flag as it is where its check ratios were asked for. */
interface Asked {
  environments?: Record<string, { migrationSettings?: { checkRatio?: number } } | undefined>;
}

export const MOST = 2 ** 31 - 1;

/** The ratio of a flag in an environment; undefined where the SDK decides. */
export const ratioOf = (flag: Asked, environment: string): number | undefined => flag.environments?.[environment]?.migrationSettings?.checkRatio;

/** What is typed as a ratio; nothing where the SDK is to decide. */
export const readRatio = (typed: string | number): number | undefined => (typed === '' ? undefined : Number(typed));

/** The JSON patch that leads from one ratio to another: no instruction does. */
export function ratioPatch(environment: string, before: number | undefined, after: number | undefined): object[] {
  if (before === after) return [];
  const path = `/environments/${environment}/migrationSettings/checkRatio`;
  return [after === undefined ? { op: 'remove', path } : { op: 'add', path, value: after }];
}
