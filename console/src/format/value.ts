// Values of variations in a few characters.

const KEYS_SHOWN = 24;

/** A value as one reads it: `""`, `true`, `{"limit": 10, …}`. */
export function shortValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  const text = JSON.stringify(value, null, 1).replace(/\s*\n\s*/g, ' ').replace(/([{[]) | ([}\]])/g, '$1$2');
  if (typeof value !== 'object' || value === null || text.length <= KEYS_SHOWN) return text;
  return `${text.slice(0, KEYS_SHOWN - 3).replace(/[,\s]*$/, '')} …${Array.isArray(value) ? ']' : '}'}`;
}

/** How a variation is called: by its name, else by its value. */
export function variationName(variation: { name?: string; value?: unknown }): string {
  const { name = '', value } = variation;
  return name === '' ? shortValue(value) : name;
}
