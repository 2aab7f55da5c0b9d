import { expect, test } from 'vitest';
import { checksOf, type Looked } from './checks';

const LOOKED: Looked = { place: 'Test', ending: 'a2f8', isKeyRight: true, elsewhere: [], origin: 'https://flags.example', skew: 900 };

test.each<[Partial<Looked>, string]>([
  [{}, 'good good good'],
  [{ isKeyRight: false }, 'bad good good'],
  [{ elsewhere: ['Production'] }, 'bad good good'],
  [{ origin: 'http://localhost:8080' }, 'good ask good'],
  [{ origin: 'http://127.0.0.1:8080' }, 'good ask good'],
  [{ skew: undefined }, 'good bad ask'],
  [{ skew: -600_000 }, 'good good bad'],
])('key, address and clock are told apart: %j', (found, states) => {
  expect(checksOf({ ...LOOKED, ...found }).map(({ state }) => state).join(' ')).toBe(states);
});

test('a clock that is wrong says by how much and which way', () => {
  const told = (skew: number) => checksOf({ ...LOOKED, skew })[2]?.text;
  expect(told(600_000)).toContain('10 min before');
  expect(told(-600_000)).toContain('10 min behind');
});
