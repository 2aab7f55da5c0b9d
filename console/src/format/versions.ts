// Versions as SDKs compare them: minor and patch may be left out, and count as 0.

const NUMBER = '(0|[1-9]\\d*)';
const LABELS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = new RegExp(`^${NUMBER}(?:\\.${NUMBER}(?:\\.${NUMBER})?)?((?:-${LABELS})?(?:\\+${LABELS})?)$`);
const NUMBERS = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/;

export const isVersion = (text: string) => VERSION.test(text);

/** The version in three parts that a shorter one is read as; undefined for what is whole, or none. */
export function readAs(text: string): string | undefined {
  const [, major, minor, patch, rest = ''] = VERSION.exec(text) ?? [];
  if (major === undefined || patch !== undefined) return undefined;
  return `${major}.${minor ?? 0}.0${rest}`;
}

/** The version that may be meant by what is none: `v5.2` by 5.2.0. */
export function meantBy(text: string): string | undefined {
  const found = NUMBERS.exec(text);
  return found?.slice(1).map((part: string | undefined) => Number(part ?? 0)).join('.');
}
