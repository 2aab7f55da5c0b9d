import { expect, test } from 'vitest';
import { hasMovedOn } from './restore';

const patch = [
  { op: 'test', path: '/environments/test/version', value: 7 },
  { op: 'replace', path: '/environments/test/version', value: 9 },
];

test.each([
  ['it is as the change left it', '/environments/test/version', 7, false],
  ['somebody has changed it since', '/environments/test/version', 6, true],
  ['something else has changed', '/version', 6, false],
])('%s', (_, path, version, moved) => {
  expect(hasMovedOn(patch, path, version)).toBe(moved);
});
