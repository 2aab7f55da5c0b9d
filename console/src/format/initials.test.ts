import { expect, it } from 'vitest';
import { hueOf, initialsOf } from './initials';

it.each([
  ['Ada Lovelace', 'AL'],
  ['ada@example.com', 'AE'],
  ['Ö', 'Ö'],
  ['', ''],
])('%s is %s', (name, letters) => {
  expect(initialsOf(name)).toBe(letters);
});

it('gives a name its colour', () => {
  expect(hueOf('Ada')).toBe(hueOf('Ada'));
  expect(hueOf('Ada')).not.toBe(hueOf('Bob'));
});
