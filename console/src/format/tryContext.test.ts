import { expect, it } from 'vitest';
import { joinParts, keysOfContext, partsOf, readContext, writeContext } from './tryContext';

const MULTI = { kind: 'multi', user: { key: 'u', plan: 'gold' }, organization: { key: 'o' } };

it.each([
  ['{"kind":"user","key":"a"}', true],
  ['[1]', false],
  ['"text"', false],
  ['{"kind":', false],
])('reads %s', (text, isContext) => {
  expect(readContext(text).context !== undefined).toBe(isContext);
});

it.each([
  [{ kind: 'user', key: 'a' }, [{ kind: 'user', key: 'a', attributes: '' }]],
  [
    MULTI,
    [
      { kind: 'user', key: 'u', attributes: '{"plan":"gold"}' },
      { kind: 'organization', key: 'o', attributes: '' },
    ],
  ],
  [undefined, [{ kind: 'user', key: '', attributes: '' }]],
])('has fields for %j', (context, parts) => {
  expect(partsOf(context)).toEqual(parts);
});

it.each([MULTI, { kind: 'device', key: 'd', os: { name: 'iOS' } }])('makes the same of fields again: %j', (context) => {
  expect(joinParts(partsOf(context)).context).toEqual(context);
});

it('says which attributes are no JSON', () => {
  expect(joinParts([{ kind: 'user', key: 'a', attributes: '{plan}' }]).problem).toMatch(/^This is no JSON/);
});

it.each([
  [MULTI, ['u', 'o']],
  [{ kind: 'multi', ld_device: { key: 'x' }, organization: { key: 'o' }, user: { key: 'u' } }, ['u', 'o']],
  ['none', []],
])('is known by its keys: %j', (context, keys) => {
  expect(keysOfContext(context)).toEqual(keys);
});

it('is written in lines', () => {
  expect(writeContext({ kind: 'user', key: 'a' }).split('\n')).toHaveLength(4);
});
