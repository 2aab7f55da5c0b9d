// Numbers as they are read: short where they stand in columns, whole where they are counted.

const whole = new Intl.NumberFormat('en-US');
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `1,238,904` */
export const count = (value: number) => whole.format(value);

/** `1.24 M`, `986 k` */
export function compact(value: number): string {
  return short.format(value).replace(/K$/, ' k').replace(/([MBT])$/, ' $1');
}

/** `1 flag`, `1,312 flags`; `… flags` while it is not known how many. */
export const counted = (value: number | undefined, one: string, many = `${one}s`) =>
  `${value === undefined ? '…' : count(value)} ${value === 1 ? one : many}`;

/** A share of thousandths of a percent, as rollouts have it: `33.333%`. */
export const percent = (weight: number) => `${Number((weight / 1000).toFixed(3))}%`;
