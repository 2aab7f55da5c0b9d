import { expect, it } from 'vitest';
import { isVersion, meantBy, readAs } from './versions';

it.each([
  ['5.2.0', true, undefined, '5.2.0'],
  ['5.2', true, '5.2.0', '5.2.0'],
  ['5', true, '5.0.0', '5.0.0'],
  ['5.2-beta.1', true, '5.2.0-beta.1', '5.2.0'],
  ['5.2.0+a', true, undefined, '5.2.0'],
  ['v5.2', false, undefined, '5.2.0'],
  ['5.x', false, undefined, '5.0.0'],
  ['5.2.0.1', false, undefined, '5.2.0'],
  ['05.2', false, undefined, '5.2.0'],
  ['new', false, undefined, undefined],
])('%s', (text, is, read, meant) => {
  expect([isVersion(text), readAs(text), meantBy(text)]).toEqual([is, read, meant]);
});
