// How many reads of a migration are compared in an environment: one in so many, none, or as the SDK does without being told.

export const MOST = 2 ** 31 - 1;

/** What is typed as a ratio; nothing where the SDK is to decide. */
export const readRatio = (typed: string | number): number | undefined => (typed === '' ? undefined : Number(typed));

/** The JSON patch that leads from one ratio to another: no instruction does. */
export function ratioPatch(environment: string, before: number | undefined, after: number | undefined): object[] {
  if (before === after) return [];
  const path = `/environments/${environment}/migrationSettings/checkRatio`;
  return [after === undefined ? { op: 'remove', path } : { op: 'add', path, value: after }];
}
