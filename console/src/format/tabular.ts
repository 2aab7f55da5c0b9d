// What a chart shows as lines of a table, to be seen or to be taken along.
import { chartWords as words } from '../strings/chart';
import { toCsv, type Cell } from './csv';
import { localTime } from './time';
import { periodOf, zoneName } from './timeAxis';

export interface Tabular {
  /** What the lines are by, as the head of the table has it and, where that needs more, the file. */
  by: string;
  byInFile?: string;
  names: readonly string[];
  /** In the order of the chart; `name` and `nameInFile` are of the line. */
  lines: readonly { name: string; nameInFile: Cell; cells: readonly Cell[] }[];
  /** Whether a table has the last line first. */
  isNewestFirst?: boolean;
}

/** Lines by time: point n begins at `begin + n * step`; the cells of one of which nothing is known are empty. */
export const tabularByTime = (begin: number, step: number, names: readonly string[], cells: readonly (readonly Cell[])[]): Tabular => ({
  by: words.time,
  byInFile: `${words.time} (${zoneName()})`,
  names,
  lines: cells.map((one, at) => ({ name: periodOf(begin + at * step, step), nameInFile: localTime(begin + at * step), cells: one })),
  isNewestFirst: true,
});

export const csvOf = ({ by, byInFile = by, names, lines }: Tabular) =>
  toCsv(
    [byInFile, ...names],
    lines.map(({ nameInFile, cells }) => [nameInFile, ...cells]),
  );
