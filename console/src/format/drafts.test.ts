import { describe, expect, it, test } from 'vitest';
import { knownMembers, readEdited, readState } from './drafts';

const NOW = { name: 'Checkout', tags: ['web'], maintainer: null as string | null, properties: [{ key: 'issue' }] };

describe('a draft of an earlier version', () => {
  it('gets what it lacks from what is saved', () => {
    const kept = { name: 'Till', tags: [], maintainer: 'member:ada' };
    expect(readState(kept, NOW)).toEqual({ ...kept, properties: NOW.properties });
  });

  test.each<[string, object, object]>([
    ['loses members that there are no more', { name: 'Till', colour: 'red' }, { name: 'Till' }],
    ['loses members of another shape', { name: 'Till', tags: 'web', properties: { issue: [] } }, { name: 'Till' }],
    ['keeps what was emptied', { name: '', tags: [], maintainer: null }, { name: '', tags: [], maintainer: null }],
  ])('%s', (_, kept, expected) => expect(knownMembers(kept, NOW)).toEqual(expected));

  it.each([undefined, null, 'text', 7, [NOW]])('is not read from %j', (kept) => expect(readState(kept, NOW)).toBeUndefined());
});

describe('an edited state of an earlier version', () => {
  const { properties, ...old } = NOW;
  const edited = { base: old, version: 3, value: { ...old, name: 'Till' } };

  it('changes nothing of what it did not know', () => {
    const read = readEdited(edited, NOW, 'value');
    expect(read).toEqual({ base: NOW, version: 3, value: { ...NOW, name: 'Till' } });
    expect(read?.base.properties).toBe(properties);
  });

  test.each<[string, unknown]>([
    ['without a version', { base: old, value: old }],
    ['without what it began with', { version: 3, value: old }],
    ['that was called otherwise', { base: old, version: 3, settings: old }],
    ['that is a list now', { base: [], version: 3, value: [] }],
    ['of nothing', null],
  ])('is not read %s', (_, kept) => expect(readEdited(kept, NOW, 'value')).toBeUndefined());
});
