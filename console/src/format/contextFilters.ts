// The filter of a search for contexts, as the API reads it, from what is in the address.

export interface ContextFilters {
  q: string;
  kind: string;
  attribute: string;
  value: string;
}

const quote = (text: string) => JSON.stringify(text);

/** Attributes of any kind are asked for where no kind is chosen. */
export function contextFilterOf({ q, kind, attribute, value }: ContextFilters): string {
  const owner = kind === '' ? '*' : kind;
  const has = value === '' ? 'exists true' : `equals ${typedValue(value)}`;
  return [
    q.trim() && `q equals ${quote(q.trim())}`,
    kind && `kind equals ${quote(kind)}`,
    attribute && `${owner}.${attribute} ${has}`,
  ]
    .filter(Boolean)
    .join(',');
}

/** Values are offered as JSON, so that `5` and `"5"` are told apart; what else is typed is text. */
function typedValue(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return ['string', 'number', 'boolean'].includes(typeof value) ? JSON.stringify(value) : quote(text);
  } catch {
    return quote(text);
  }
}
