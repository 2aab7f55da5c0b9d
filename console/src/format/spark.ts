// A line of the size of a word, hour by hour: its path, and which of its points lies where.
import type { Counted } from './traffic';

/** Evaluations of all variations together, hour by hour. */
export function sumSeries(variations: Pick<Counted, 'series'>[]): number[] {
  const length = Math.max(0, ...variations.map(({ series }) => series.length));
  return Array.from({ length }, (_, at) => variations.reduce((sum, { series }) => sum + (series[at] ?? 0), 0));
}

/** The path of a spark line in a box; its line lies on the ground where there was nothing. */
export function sparkPath(series: number[], width: number, height: number): string {
  const most = Math.max(...series, 1);
  const step = series.length > 1 ? width / (series.length - 1) : 0;
  const place = (count: number, at: number) => `${(at * step).toFixed(1)} ${(height - (count / most) * height).toFixed(1)}`;
  return series.length < 2 ? '' : `M${series.map(place).join('L')}`;
}

/** The point that lies nearest to a place in a line so wide. */
export const nearest = (series: readonly number[], place: number, width: number): number =>
  Math.min(series.length - 1, Math.max(0, Math.round((place / width) * (series.length - 1))));

/** The first of the highest points. */
export const peakOf = (series: readonly number[]): number => series.indexOf(Math.max(...series));
