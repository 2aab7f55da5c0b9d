// A person in two letters and a colour.

/** `AL` of `Ada Lovelace`; of an address the letters of its words. */
export function initialsOf(name: string): string {
  const parts = name.split(/[\s@.]+/).filter(Boolean);
  return parts.slice(0, 2).map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32).toUpperCase()).join('');
}

/** An angle of the colour wheel, the same for the same name. */
export const hueOf = (name: string): number =>
  Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
