import { expect, it } from 'vitest';
import { ACCOUNT, auditQueryOf, historySpec, isAuditFiltered, readAuditFilters } from './auditFilters';

const of = (text: string) => readAuditFilters(new URLSearchParams(text));

it.each([
  ['', { within: 'proj/shop' }],
  ['env=test', { within: 'proj/shop:env/test' }],
  [`env=${ACCOUNT}`, {}],
  ['q=+dark+&who=abc', { q: 'dark', who: 'abc', within: 'proj/shop' }],
  ['act=refused', { act: 'refused', within: 'proj/shop' }],
  ['act=sold', { within: 'proj/shop' }],
  ['resource=proj/*:env/*:flag/x', { spec: 'proj/*:env/*:flag/x', within: 'proj/shop' }],
  ['at=1700000000000', { before: 1700000000001, within: 'proj/shop' }],
  ['at=yesterday', { within: 'proj/shop' }],
])('asks for what the address %j says', (text, query) => {
  expect(auditQueryOf(of(text), 'shop')).toEqual(query);
});

it.each([
  ['', false],
  ['q=+', false],
  ['env=test', true],
  ['act=deleted', true],
  ['at=5', true],
])('knows whether %j leaves anything out', (text, isFiltered) => {
  expect(isAuditFiltered(of(text))).toBe(isFiltered);
});

it.each([
  ['test', 'proj/shop:env/test:flag/dark'],
  [undefined, 'proj/shop:env/*:flag/dark'],
])('names a flag in %s', (environment, spec) => {
  expect(historySpec('shop', environment, 'dark')).toBe(spec);
});
