import { describe, expect, it } from 'vitest';
import { isKey, keyFromName } from './resourceKey';

describe('the key that a name suggests', () => {
  it.each([
    ['Checkout redesign', 'checkout-redesign'],
    ['  Über   Größe! ', 'uber-gro-e'],
    ['v2.1_beta', 'v2.1_beta'],
    ['...hidden', 'hidden'],
    ['チェックアウト', ''],
    ['x'.repeat(120), 'x'.repeat(100)],
    [`${'x'.repeat(99)} y`, 'x'.repeat(99)],
  ])('of %s is %s', (name, key) => expect(keyFromName(name)).toBe(key));
});

describe('a key', () => {
  it.each(['a', '1', 'a.b_c-D'])('may be %s', (key) => expect(isKey(key)).toBe(true));
  it.each(['', '-a', '.a', 'a b', 'a/b', 'ä'])('may not be “%s”', (key) => expect(isKey(key)).toBe(false));
});
