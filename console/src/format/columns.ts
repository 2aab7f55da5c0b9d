// Which columns a table has, in which order, and how wide they are: what a member has chosen, laid over what there is.

export interface ColumnChoice {
  /** All that were known when it was made, in their order. */
  order: string[];
  hidden: string[];
  /** In pixels, of those that were made wider or narrower. */
  widths: Record<string, number>;
}

/** Under which a member's choice is kept. */
export const columnsName = (member: string) => `flagstaff-flag-columns:${member}`;

export const usualColumns: ColumnChoice = { order: [], hidden: [], widths: {} };

const isText = (one: unknown): one is string => typeof one === 'string';

/** What is kept in the browser, which may be anything. */
export function readColumns(kept: unknown): ColumnChoice {
  const { order, hidden, widths } = (kept ?? {}) as Partial<Record<keyof ColumnChoice, unknown>>;
  if (!Array.isArray(order) || !Array.isArray(hidden)) return usualColumns;
  return { order: order.filter(isText), hidden: hidden.filter(isText), widths: readWidths(widths) };
}

const readWidths = (kept: unknown): ColumnChoice['widths'] =>
  Object.fromEntries(Object.entries(kept ?? {}).filter(([, width]) => Number.isFinite(width)));

/** All columns in the chosen order; one that is new stands behind the one that it usually follows. */
export function inOrder(all: readonly string[], { order }: ColumnChoice): string[] {
  const known = order.filter((id) => all.includes(id));
  return all.reduce<string[]>((placed, id, at) => {
    if (placed.includes(id)) return placed;
    const before = placed.indexOf(all[at - 1] ?? '');
    return [...placed.slice(0, before + 1), id, ...placed.slice(before + 1)];
  }, known);
}

/** With one column a place up or down. */
export function withMoved(all: readonly string[], choice: ColumnChoice, id: string, by: -1 | 1): ColumnChoice {
  const order = inOrder(all, choice);
  const at = order.indexOf(id);
  const other = order[at + by];
  if (other === undefined) return choice;
  order[at + by] = id;
  order[at] = other;
  return { ...choice, order };
}

/** With one column shown or hidden. */
export const withShown = (choice: ColumnChoice, id: string, isShown: boolean): ColumnChoice => ({
  ...choice,
  hidden: [...choice.hidden.filter((one) => one !== id), ...(isShown ? [] : [id])],
});
