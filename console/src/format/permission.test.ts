import { expect, it } from 'vitest';
import { missingIn, placesOf, refusalIn, type Place } from './permission';

const place = (name: string, ...actions: string[]): Place => ({
  name,
  denied: actions.map((action) => ({ action, reason: {} })),
});
const TEST = place('Test');
const LIVE = place('Production', 'updateRules', 'updateOn');

it.each<[string, Place[], string[], string | undefined]>([
  ['what is not known', [], ['updateOn'], undefined],
  ['what is allowed', [TEST], ['updateOn'], undefined],
  ['what is denied', [LIVE], ['updateRules'], 'In Production you may not do this: changing rules (updateRules). None of your roles gives it.'],
  ['what is denied in one of several places', [TEST, LIVE], ['updateRules'], 'In Production you may not do this: changing rules (updateRules). None of your roles gives it.'],
  ['what is denied wherever it is', [place('', 'createSegment')], ['createSegment'], 'You may not do this: create segment (createSegment). None of your roles gives it.'],
  ['what is allowed in part', [LIVE], ['updateRules', 'updateTargets'], undefined],
])('refuses %s', (_, places, actions, refusal) => {
  expect(refusalIn(places, actions)).toBe(refusal);
});

it('names all that is missing, and the role that refuses it', () => {
  const refused = { name: 'Test', denied: [{ action: 'updateOn', reason: { role_name: 'Careful' } }] };
  expect(missingIn([refused], ['updateTargets', 'updateOn'])).toBe(
    'In Test you may not do this: turning it on and off (updateOn). The role Careful refuses it.',
  );
  expect(missingIn([LIVE], ['updateRules', 'updateOn'])).toContain('changing rules (updateRules), turning it on and off (updateOn)');
  expect(missingIn([LIVE], ['deleteFlag'])).toBeUndefined();
});

it('names those who may, a few of many', () => {
  expect(refusalIn([LIVE], ['updateOn'], ['Ada', 'Grace'])).toMatch(/Ask: Ada, Grace\.$/);
  expect(refusalIn([LIVE], ['updateOn'], ['a', 'b', 'c', 'd', 'e'])).toMatch(/Ask: a, b, c, 2 more\.$/);
});

const OF = (action: string) => ({ action, reason: {} });
const TEST_FLAG = { action: 'updateRules', resource: 'proj/shop:env/test:flag/checkout' };
const LIVE_FLAG = { action: 'updateRules', resource: 'proj/shop:env/live:flag/checkout' };
const WEBHOOK = { action: 'updateOn', resource: 'webhook/a1' };

it.each<[string, { action: string; resource: string }[], (ReturnType<typeof OF> | null)[], string | undefined]>([
  ['one action', [WEBHOOK], [OF('updateOn')], 'You may not do this: turning it on and off (updateOn). None of your roles gives it. Ask: Ada.'],
  ['one place of two', [TEST_FLAG, LIVE_FLAG], [null, OF('updateRules')], 'In Live you may not do this: changing rules (updateRules). None of your roles gives it. Ask: Ada.'],
  ['what has been allowed since', [TEST_FLAG], [null], undefined],
  ['nothing that was named', [], [], undefined],
])('says what a refused call lacked: %s', (_, denied, checks, said) => {
  const places = placesOf(denied, checks, (resource) => (resource.includes('env/live') ? 'Live' : ''));
  expect(missingIn(places, [...new Set(denied.map(({ action }) => action))], ['Ada'])).toBe(said);
});
