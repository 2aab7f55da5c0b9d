import { describe, expect, it } from 'vitest';
import { ratioPatch, readRatio } from './checkRatio';

const path = '/environments/test/migrationSettings/checkRatio';

describe('the check ratio of a migration', () => {
  it.each<[string | number, number | undefined]>([
    ['', undefined],
    ['0', 0],
    [0, 0],
    ['20', 20],
    [7, 7],
  ])('is read from %j as %s', (typed, ratio) => expect(readRatio(typed)).toBe(ratio));

  it.each<[number | undefined, number | undefined, object[]]>([
    [undefined, undefined, []],
    [10, 10, []],
    [undefined, 0, [{ op: 'add', path, value: 0 }]],
    [10, 20, [{ op: 'add', path, value: 20 }]],
    [10, undefined, [{ op: 'remove', path }]],
  ])('becomes from %s to %s by a patch', (before, after, patch) => expect(ratioPatch('test', before, after)).toEqual(patch));
});
