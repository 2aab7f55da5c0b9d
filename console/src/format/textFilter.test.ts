import { expect, it } from 'vitest';
import { textFilter } from './textFilter';

it.each([
  ['', {}],
  ['  ', {}],
  ['dark', { filter: 'query:"dark"' }],
  [' dark mode ', { filter: 'query:"dark mode"' }],
  ['a, b|c', { filter: 'query:"a, b|c"' }],
  ['{"a"', { filter: 'query:"{\\"a\\""' }],
  ['C:\\keys', { filter: 'query:"C:\\\\keys"' }],
])('%j is asked for as %j', (text, asked) => expect(textFilter(text)).toEqual(asked));
