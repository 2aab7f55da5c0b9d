import { expect, it } from 'vitest';
import { holdersIn, removalText, type Connected } from './holders';

const sdk = (kind: string, connections: number) => ({ kind, connections });
const TEST: Connected = { streams: { sdks: [sdk('server', 3), sdk('browser', 40)] }, polling: { sdks: [sdk('server', 2)] } };
const LIVE: Connected = { streams: { sdks: [sdk('mobile', 700), sdk('server', 7)] }, polling: { sdks: [] } };
const available = (usingMobileKey: boolean, usingEnvironmentId: boolean) => ({ usingMobileKey, usingEnvironmentId });

it.each<[string, Connected[], boolean, ReturnType<typeof available>, number]>([
  ['servers, in streams and polling', [TEST, LIVE], false, available(false, false), 12],
  ['mobile SDKs, too', [TEST, LIVE], false, available(true, false), 712],
  ['browsers, too', [TEST, LIVE], false, available(false, true), 52],
  ['nobody, of what is archived', [TEST, LIVE], true, available(true, true), 0],
  ['nobody, where none is connected', [], false, available(true, true), 0],
])('counts those that have a flag: %s', (_, environments, isArchived, sdks, many) => {
  expect(holdersIn(environments, isArchived, sdks)).toBe(many);
});

it.each([
  [812, 'SDKs use the value in their code; 812 connections have it now.'],
  [1, '1 connection has it now.'],
  [0, 'no connection has it now.'],
  [undefined, 'SDKs use the value in their code. This'],
])('says of %s connections what follows', (many, said) => {
  expect(removalText(many)).toContain(said);
});
