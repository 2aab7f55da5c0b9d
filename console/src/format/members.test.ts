import { expect, it } from 'vitest';
import { accessPatch, memberFilter, readEmails, rolesOf } from './members';

it.each([
  ['a@b.example', ['a@b.example'], []],
  ['Ada <Ada@b.example>; c@d.example\nada@b.example', ['ada@b.example', 'c@d.example'], []],
  ['ada@b, two@@c.example', [], ['ada@b', 'two@@c.example']],
  ['nobody', [], []],
])('in %j are the addresses %j and the faulty ones %j', (text, emails, faulty) => {
  expect(readEmails(text)).toEqual({ emails, faulty });
});

it.each([
  [{ q: '', role: '', team: '' }, ''],
  [{ q: ' ada, l ', role: 'writer', team: 'core' }, 'query:"ada, l",role:"writer",team:"core"'],
])('the view %j asks for %j', (view, filter) => {
  expect(memberFilter({ ...view, sort: 'displayName' })).toBe(filter);
});

it('patches only what was changed', () => {
  const before = { role: 'reader', customRoles: ['a', 'b'] };
  expect(accessPatch(before, { role: 'reader', customRoles: ['b', 'a'] })).toEqual([]);
  expect(accessPatch(before, { role: 'writer', customRoles: ['a'] })).toEqual([
    { op: 'replace', path: '/role', value: 'writer' },
    { op: 'replace', path: '/customRoles', value: ['a'] },
  ]);
});

const ROLES = [{ _id: 'r1', name: 'Release captain' }];

it.each([
  [[], ROLES, 'Reader'],
  [['r1'], ROLES, 'Release captain'],
  [['r1', 'r2'], ROLES, 'Release captain, 1 more custom role'],
  [['r1'], [], '1 custom role'],
  [['r1', 'r2'], [], '2 custom roles'],
])('who has the custom roles %j, of which %j are seen, is called %s', (customRoles, seen, said) => {
  expect(rolesOf({ role: 'reader', customRoles }, seen)).toBe(said);
});
