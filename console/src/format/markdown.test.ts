import { expect, it } from 'vitest';
import { inRuns, plainText, readInline, readMarkdown } from './markdown';

it.each([
  ['plain', [{ kind: 'text', text: 'plain' }]],
  ['', []],
  ['to `gold` now', [{ kind: 'text', text: 'to ' }, { kind: 'code', text: 'gold' }, { kind: 'text', text: ' now' }]],
  ['[Ada](mailto:ada@x.org)', [{ kind: 'link', text: 'Ada', href: 'mailto:ada@x.org' }]],
  ['**if**', [{ kind: 'bold', text: 'if', pieces: [{ kind: 'text', text: 'if' }] }]],
  ['~~`a`~~', [{ kind: 'struck', text: '`a`', pieces: [{ kind: 'code', text: 'a' }] }]],
  ['a * b', [{ kind: 'text', text: 'a * b' }]],
  ['`open', [{ kind: 'text', text: '`open' }]],
])('reads the line %j', (text, pieces) => {
  expect(readInline(text)).toEqual(pieces);
});

it('tells lists from paragraphs and passes over empty lines', () => {
  expect(readMarkdown('Said\n\n* one\n\n- two').map(({ kind }) => kind)).toEqual(['paragraph', 'item', 'item']);
});

it('leaves the marks out of plain text', () => {
  expect(plainText('## Production ##\n\n* Turned on')).toBe('Production; Turned on');
  expect(plainText('* Changed ~~`a`~~ to `b`\n\n* **Added** [c](/d)')).toBe('Changed a to b; Added c');
});

it('keeps each list under its heading', () => {
  const runs = inRuns(readMarkdown('#### Test\n* on\n* off\n#### Production\n* on'));

  expect(runs.map(({ kind, blocks }) => `${kind} ${blocks.length}`)).toEqual(['paragraph 1', 'item 2', 'paragraph 1', 'item 1']);
});
