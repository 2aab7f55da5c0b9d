import { expect, it } from 'vitest';
import { entryOf } from './build';

it.each([
  ['<head><script type="module" crossorigin src="/assets/index-B2u.js"></script><script src="/other.js"></script>', '/assets/index-B2u.js'],
  ['<script>inline()</script><script src="/assets/index-1.js"></script>', '/assets/index-1.js'],
  ['<script src="chrome-extension://a/b.js"></script><script src="/assets/index-1.js"></script>', '/assets/index-1.js'],
  ['<p>Signing in goes elsewhere</p>', undefined],
])('the document %j begins with %s', (html, entry) => {
  expect(entryOf(html)).toBe(entry);
});
