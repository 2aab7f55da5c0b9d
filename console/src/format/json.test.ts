import { describe, expect, it } from 'vitest';
import { jsonProblem } from './json';

describe('what is wrong with JSON', () => {
  it.each([
    ['{"carrier": "posti"}'],
    ['[1, 2]'],
    ['""'],
    ['{\n  "a": {"b": [true, null, -1.5e3]}\n}'],
  ])('is nothing with %s', (text) => expect(jsonProblem(text)).toBeUndefined());

  it.each([
    ['{\n  "carrier": "posti"\n  "limit": 3\n}', 'Line 3, column 3: a comma is missing before "limit".'],
    ['{"a": 1,}', 'Line 1, column 9: a name in double quotes is missing before }.'],
    ['{"a" 1}', 'Line 1, column 6: a colon is missing before 1.'],
    ['{"a":\n}', 'Line 2, column 1: a value is missing before }.'],
    ['{"a": 1', 'Line 1, column 8: a closing } is missing before the end.'],
    ['[1, 2', 'Line 1, column 6: a closing ] is missing before the end.'],
    ['{"a": yes}', 'Line 1, column 7: yes is no value; words need double quotes.'],
    ['{"a": 1} 2', 'Line 1, column 10: nothing may follow, but there is 2.'],
    ['{"a": "b}', 'Line 1, column 7: a closing " is missing.'],
    ['{"a": 1 // one\n}', 'Line 1, column 9: JSON has no comments.'],
    ['', 'Line 1, column 1: a value is missing before the end.'],
  ])('of %s is said with its line and column', (text, message) => expect(jsonProblem(text)?.message).toBe(message));
});
