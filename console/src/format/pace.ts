// How long something still takes, from its own pace of the last seconds.
import { paceWords as words } from '../strings/pace';

/** How much was done at a time. */
export interface Sample {
  at: number;
  done: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WINDOW = 20 * SECOND; // that the pace is of
const ENOUGH = 2 * SECOND; // from which on there is a pace

/** The samples that the pace is of, with one more; what rests, or begins anew, has no pace. */
export function noteSample(samples: readonly Sample[], one: Sample, isRunning: boolean): Sample[] {
  if (!isRunning) return [];
  const isNew = one.done < (samples.at(-1)?.done ?? 0);
  return [...(isNew ? [] : samples.filter(({ at }) => one.at - at <= WINDOW)), one];
}

/** Milliseconds; undefined while that is not known. */
export function timeLeft(samples: readonly Sample[], total: number): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < ENOUGH) return undefined;
  const [came, left] = [last.done - first.done, total - last.done];
  return came > 0 && left > 0 ? (left * (last.at - first.at)) / came : undefined;
}

/** `about 2 min left` */
export function leftInWords(ms: number): string {
  if (ms < 55 * SECOND) return words.seconds(Math.max(5, Math.ceil(ms / (5 * SECOND)) * 5));
  const minutes = Math.round(ms / MINUTE);
  return minutes < 90 ? words.minutes(Math.max(1, minutes)) : words.hours(Math.round(minutes / 60));
}
