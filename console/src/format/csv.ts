// Tables as other programs read them (RFC 4180).

export type Cell = string | number;

const written = (cell: Cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));

/** One line for each row, the names of the columns first. */
export const toCsv = (names: readonly string[], rows: readonly (readonly Cell[])[]) =>
  [names, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
