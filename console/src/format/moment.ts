// A moment of the past as an address has it: `v3` is a version, a number the milliseconds of a time.

export interface Moment {
  version?: number;
  date?: number;
}

/** The moment in a text; undefined is now. */
export function readMoment(text: string): Moment | undefined {
  const [, sign, digits = ''] = /^(v?)(\d{1,15})$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return sign === 'v' ? { version: Number(digits) } : { date: Number(digits) };
}

/** The text of a moment; empty for now. */
export function writeMoment({ version, date }: Moment): string {
  if (version !== undefined) return `v${version}`;
  return date === undefined ? '' : String(date);
}
