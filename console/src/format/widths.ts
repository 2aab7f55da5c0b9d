// How wide the columns of a table are made.
import type { ColumnChoice } from './columns';

export const NARROWEST = 48; // pixels
export const WIDEST = 960;

/** With one column of another width; without one it is as wide as it usually is. */
export function withWidth(choice: ColumnChoice, id: string, width: number | undefined): ColumnChoice {
  const others = Object.entries(choice.widths).filter(([other]) => other !== id);
  const own = width === undefined ? [] : [[id, Math.round(Math.min(Math.max(width, NARROWEST), WIDEST))] as const];
  return { ...choice, widths: Object.fromEntries([...others, ...own]) };
}
