// What is wrong with a text that should be JSON, where, and in which words.
import { parseTree, type ParseError, type ParseErrorCode } from 'jsonc-parser';
import { jsonWords as words } from '../strings/json';

export interface JsonProblem {
  offset: number;
  length: number;
  line: number;
  column: number;
  /** “Line 4, column 12: a comma is missing before "limit".” */
  message: string;
}

const STRICT = { disallowComments: true, allowTrailingComma: false };
const SHOWN = 24; // characters of what stands at the place

/** Codes of the parser, whose names do not outlive compiling. */
const TOLD: Partial<Record<ParseErrorCode, (at: string) => string>> = {
  3: words.nameExpected,
  4: words.valueExpected,
  5: words.colonMissing,
  6: words.commaMissing,
  7: words.braceMissing,
  8: words.bracketMissing,
  9: words.endExpected,
  10: words.noComments,
  12: words.stringOpen,
  14: words.badUnicode,
  15: words.badEscape,
  16: words.badCharacter,
};

/** The first problem of a text; undefined if it is JSON. */
export function jsonProblem(text: string): JsonProblem | undefined {
  const errors: ParseError[] = [];
  parseTree(text, errors, STRICT);
  const [first] = errors;
  if (first === undefined) return undefined;
  const before = text.slice(0, first.offset).split('\n');
  const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
  const at = text.slice(first.offset).split('\n', 1)[0]?.slice(0, SHOWN).match(/^("[^"]*"?|[\w.+-]+|.)/)?.[0] ?? '';
  const told = (TOLD[first.error] ?? words.unexpected)(at === '' ? words.theEnd : at);
  return { offset: first.offset, length: first.length, line, column, message: words.at(line, column, told) };
}
