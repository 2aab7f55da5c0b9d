// Which build of the console a document is of.

const ENTRY = /<script\b[^>]*\bsrc="(\/assets\/[^"]+)"/;

/** The program that a document begins with: its name has a hash of all that it loads. */
export const entryOf = (html: string): string | undefined => ENTRY.exec(html)?.[1];
