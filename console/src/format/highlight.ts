// What of a text is what was looked for.

export interface TextPart {
  text: string;
  isFound: boolean;
}

/** The text in parts, the first place of what was looked for apart from the rest, whatever its case. */
export function splitAt(text: string, wanted: string): TextPart[] {
  const looked = wanted.trim();
  const at = looked === '' ? -1 : text.toLowerCase().indexOf(looked.toLowerCase());
  if (at < 0) return [{ text, isFound: false }];
  const end = at + looked.length;
  return [
    { text: text.slice(0, at), isFound: false },
    { text: text.slice(at, end), isFound: true },
    { text: text.slice(end), isFound: false },
  ].filter((part) => part.text !== '');
}
