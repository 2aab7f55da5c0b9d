// Times below and beside a chart, as the clock of the reader shows them.
import { chartWords as words } from '../strings/chart';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS = [1, 2, 3, 6, 12];
const DAYS = [1, 2, 7, 14];

/** Milliseconds in steps. */
export interface Steps {
  begin: number;
  step: number;
  points: number;
}

export interface Tick {
  at: number;
  label: string;
}

/** Made once: a list tells of a period in every line. */
const written = (parts: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', parts);
  return (at: number) => format.format(at);
};

/** `14:05` */
export const clock = written({ hour: '2-digit', minute: '2-digit' });
const day = written({ day: 'numeric', month: 'short' });
const weekday = written({ weekday: 'short', day: 'numeric' });
const date = written({ weekday: 'short', day: 'numeric', month: 'short' });

/** `Mon 23, 14:05` */
export const moment = (at: number) => `${weekday(at)}, ${clock(at)}`;

/** Round times between two others, at most so many: hours of a clock, or midnights. */
export function timeTicks(begin: number, end: number, most: number): Tick[] {
  const hours = HOURS.find((step) => (end - begin) / (step * HOUR) <= most);
  if (hours !== undefined) return list(begin, end, (date) => date.setHours(date.getHours() + hours), clock);
  const days = DAYS.find((step) => (end - begin) / (step * DAY) <= most) ?? Math.ceil((end - begin) / DAY / most);
  return list(begin, end, (date) => date.setDate(date.getDate() + days), days === 1 ? weekday : day);
}

function list(begin: number, end: number, next: (date: Date) => void, label: (at: number) => string): Tick[] {
  const ticks: Tick[] = [];
  const date = new Date(new Date(begin).setHours(0, 0, 0, 0));
  while (date.getTime() <= end) {
    const at = date.getTime();
    if (at >= begin) ticks.push({ at, label: label(at) });
    next(date);
  }
  return ticks;
}

/** `Sun 22 Nov, 14:00 to 16:00` */
export function periodOf(begin: number, step: number): string {
  return `${date(begin)}, ${clock(begin)} to ${clock(begin + step)}`;
}

/** When point n of so many was, each a step long from the beginning on; the last one still runs. */
export function pointOf({ begin, step, points }: Steps, at: number): string {
  const period = periodOf(begin + at * step, step);
  return at === points - 1 ? `${period}, ${words.stillRunning}` : period;
}

/** The time zone that all of these are in, as the browser names it. */
export const zoneName = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
