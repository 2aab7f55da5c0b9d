import { expect, it } from 'vitest';
import { readResource, specifierPart, unknownProjects } from './specifiers';

it.each([
  ['proj/a', { type: 'proj', key: 'a', project: 'a' }],
  ['proj/a:env/b;eu', { type: 'env', key: 'b', project: 'a', environment: 'b' }],
  ['proj/a:env/b:flag/c;ops,web', { type: 'flag', key: 'c', project: 'a', environment: 'b' }],
  ['member/1:token/2', { type: 'token', key: '2' }],
  ['proj/a%3Ab', { type: 'proj', key: 'a:b', project: 'a:b' }],
  ['acct', { type: 'acct', key: '' }],
])('reads %s', (text, named) => {
  expect(readResource(text)).toEqual(named);
});

it('is nothing where nothing is named', () => {
  expect(readResource('')).toBeUndefined();
});

it.each([
  ['checkout', 'checkout'],
  ['a:b/c', 'a%3Ab%2Fc'],
  ['50%', '50%25'],
])('writes %s so that it means only itself', (key, part) => {
  expect(specifierPart(key)).toBe(part);
});

it('tells which projects that are named in full are not there', () => {
  const resources = ['proj/shop:env/*:flag/*', 'proj/gone:env/test', 'proj/gone', 'proj/*;ops', 'proj/${roleAttribute/p}', 'member/*'];

  expect(unknownProjects(resources, ['shop'])).toEqual(['gone']);
});
