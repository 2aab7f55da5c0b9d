// How the variations of a line are called.
import type { FlagRow } from '../../../api/flagRows';
import { flagListWords as words } from '../../../strings/flagList';

/** By its name, else by its value; null is the value in the program's own code. */
export function nameOf(flag: FlagRow, variation: number | null): string {
  if (variation === null) return words.codeDefault;
  const found = flag.variations[variation];
  const { name = '', label = '' } = found ?? {};
  return name === '' ? label : name;
}

export const isBoolean = (flag: FlagRow) => flag.kind === 'boolean';

/** Whether a variation is the `false` of a boolean, whatever it is called. */
export const isFalseOf = (flag: FlagRow, variation: number) =>
  isBoolean(flag) && flag.variations[variation]?.label === 'false';
