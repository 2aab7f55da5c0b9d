import { expect, it } from 'vitest';
import { attributesOf, kindsIn, unseenNote, valuesOf, type SeenNames } from './seenAttributes';
import { emptyClause, type Clause } from './steps';

const SEEN: SeenNames[] = [
  { kind: 'device', names: [{ name: '/os' }, { name: '/a~1b' }] },
  { kind: 'user', names: [{ name: '/country' }, { name: '/email' }] },
];
const asks = (contextKind: string, attribute: string, op = 'in'): Clause => ({ ...emptyClause([]), contextKind, attribute, op });

it('offers kinds and attributes that were seen, as conditions name them', () => {
  expect(kindsIn(SEEN)).toEqual(['user', 'device']);
  expect(attributesOf(SEEN, 'user')).toEqual(['country', 'email', 'key', 'anonymous']);
  expect(attributesOf(SEEN, 'device')).toEqual(['os', '/a~1b', 'key', 'anonymous']);
  expect(attributesOf([], 'user')).toEqual(['key', 'anonymous']);
});

it('offers values of the kind, and none that a condition cannot have', () => {
  const values = [{ kind: 'user', values: [{ name: 'DE' }, { name: 7 }, { name: true }, { name: ['a'] }] }, { kind: 'device', values: [{ name: 'x' }] }];
  expect(valuesOf(values, 'user')).toEqual(['DE', '7', 'true']);
});

it.each([
  [asks('user', 'country'), undefined],
  [asks('user', 'key'), undefined],
  [asks('user', ''), undefined],
  [asks('device', '/os/name'), undefined],
  [asks('device', '/a~1b'), undefined],
  [asks('user', 'county'), 'No user was seen here with county.'],
  [asks('device', '/screen/width'), 'No device was seen here with /screen/width.'],
  [asks('team', 'size'), 'No context of the kind team was seen here.'],
  [asks('team', '', 'segmentMatch'), undefined],
])('%o is noted if nobody was seen with it', (clause, note) => {
  expect(unseenNote(SEEN, clause)).toBe(note);
  expect(unseenNote([], clause)).toBeUndefined();
});
