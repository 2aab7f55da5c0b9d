// Times in words. Times of the API are milliseconds since 1970.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly [number, number, string][] = [
  [HOUR, MINUTE, 'min'],
  [DAY, HOUR, 'h'],
  [31 * DAY, DAY, 'd'],
  [365 * DAY, 30.44 * DAY, 'mo'],
  [Infinity, 365.25 * DAY, 'y'],
];

/** How long ago, as short as it can be: `just now`, `3 min`, `yesterday`, `6 d`. */
export function relative(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < 45 * SECOND) return 'just now';
  if (ago >= DAY && ago < 2 * DAY) return 'yesterday';
  const [, unit, name] = STEPS.find(([below]) => ago < below) ?? [0, DAY, 'd'];
  return `${Math.max(1, Math.floor(ago / unit))} ${name}`;
}

/** As `relative`, for the middle of a sentence: `3 min ago`. */
export function ago(at: number, now: number): string {
  const words = relative(at, now);
  return /^\d/.test(words) ? `${words} ago` : words;
}

// Made once: what a formatter has to look up takes longer than a hundred formattings.
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** The whole time, as the reader writes it. */
export const exact = (at: number): string => whole.format(at);

/** A time as a field for date and time has it: `2026-11-22T09:30:00`, in the time zone of the reader. */
export function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 19);
}

export const fromLocalTime = (text: string): number => new Date(text).getTime();

/** How long to wait for something that is due: at most `most`, and a second where the clock of the server is behind. */
export const dueIn = (at: number, now: number, most: number): number => Math.min(most, Math.max(SECOND, at - now + 100));

/** When a relative time changes next, at the earliest: no clock has to tick for old ones. */
export function nextChange(at: number, now: number): number {
  const old = now - at;
  return old < HOUR ? 20 * SECOND : old < DAY ? 10 * MINUTE : HOUR;
}
