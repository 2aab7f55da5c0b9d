// What the server says of a change before it is made, in one sentence.

export interface Told {
  description: string;
  titleVerb: string;
  steps: unknown[];
}

/** All that changes, in Markdown; empty if nothing does. */
export function sentenceOf({ description, titleVerb, steps }: Told): string {
  if (steps.length === 0) return '';
  return description === '' ? titleVerb.charAt(0).toUpperCase() + titleVerb.slice(1) : description;
}

/** Members of a flag that nobody changes by hand, or that tell when it was. */
const KEPT = new Set(['version', 'lastModified', 'salt', 'sel', 'creationDate', 'archivedDate', 'environments', 'experiments', 'goalIds']);

/** What a change of a flag can be about, in one environment or (with an empty key) in all alike. */
export function changeableOf(
  flag: { environments?: Record<string, object | undefined> },
  environment: string,
): Record<string, unknown> {
  const shown = environment === '' ? flag : (flag.environments?.[environment] ?? {});
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !name.startsWith('_') && !KEPT.has(name)));
}
