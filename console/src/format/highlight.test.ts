import { expect, test } from 'vitest';
import { splitAt } from './highlight';

test.each([
  ['Checkout redesign', 'check', ['', 'Check', 'out redesign']],
  ['Redesign of CHECKOUT', ' checkout ', ['Redesign of ', 'CHECKOUT', '']],
  ['check', 'check', ['', 'check', '']],
  ['Dark mode', 'check', ['Dark mode', '', '']],
  ['Dark mode', '  ', ['Dark mode', '', '']],
  ['a.c abc', 'a.c', ['', 'a.c', ' abc']],
])('%s: what was looked for by %s stands apart', (text, wanted, [before, found, after]) => {
  const parts = [
    { text: before, isFound: false },
    { text: found, isFound: true },
    { text: after, isFound: false },
  ];
  expect(splitAt(text, wanted)).toEqual(parts.filter((part) => part.text !== ''));
});
