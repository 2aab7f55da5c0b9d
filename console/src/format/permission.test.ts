import { expect, it } from 'vitest';
import { isUnasked, missingIn, placesOf, refusalIn, type Place } from './permission';

const place = (name: string, ...actions: string[]): Place => ({
  name,
  denied: actions.map((action) => ({ action, reason: {} })),
});
const TEST = place('Test');
const LIVE = place('Production', 'updateRules', 'updateOn');
const DOWN: Place = { ...place('Staging', 'updateOn'), unasked: ['updateRules', 'updateTargets'] };

it.each<[string, Place[], string[], string | undefined]>([
  ['what is not known', [], ['updateOn'], undefined],
  ['what is allowed', [TEST], ['updateOn'], undefined],
  ['what is denied', [LIVE], ['updateRules'], 'In Production you may not do this: changing rules (updateRules). None of your roles gives it.'],
  ['what is denied in one of several places', [TEST, LIVE], ['updateRules'], 'In Production you may not do this: changing rules (updateRules). None of your roles gives it.'],
  ['what is denied wherever it is', [place('', 'createSegment')], ['createSegment'], 'You may not do this: create segment (createSegment). None of your roles gives it.'],
  ['what is allowed in part', [LIVE], ['updateRules', 'updateTargets'], undefined],
  ['what could not be asked', [DOWN], ['updateRules'], 'Could not ask whether you may do this in Staging: changing rules (updateRules). Trying again.'],
  ['what could be asked in one of two places', [TEST, DOWN], ['updateTargets'], 'Could not ask whether you may do this in Staging: changing targets (updateTargets). Trying again.'],
  ['what is denied in one place, and could not be asked in another', [DOWN, LIVE], ['updateRules'], 'In Production you may not do this: changing rules (updateRules). None of your roles gives it.'],
  ['what could be asked in part', [DOWN], ['updateRules', 'deleteFlag'], undefined],
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

it('says of each reason what is refused for it, and where', () => {
  const [now, elsewhere] = ['proj/a:env/live:flag/c', ['proj/*:env/test:flag/*']];
  const switching = { action: 'updateOn', reason: {}, now, elsewhere };
  const live = { name: 'Live', denied: [switching, ...place('', 'updateRules', 'updateTargets').denied] };
  const asked = ['updateOn', 'updateRules', 'updateTargets', 'deleteFlag'];
  expect(missingIn([live, place('Test', 'deleteFlag')], asked, ['Ada'])).toBe(
    'In Live you may not do this: turning it on and off (updateOn). Your role gives it for flags in test; this one is in live. ' +
      'In Live you may not do this: changing rules (updateRules), changing targets (updateTargets). None of your roles gives it. ' +
      'In Test you may not do this: deleting it (deleteFlag). None of your roles gives it. Ask: Ada.',
  );
});

it('says what the role gives, and what this is instead', () => {
  const [now, elsewhere] = ['proj/a:env/b:flag/c;checkout', ['proj/*:env/*:flag/*;search']];
  const here = { name: '', denied: [{ action: 'updateOn', reason: {}, now, elsewhere }] };
  expect(refusalIn([here], ['updateOn'])).toMatch(/Your role gives it for flags tagged search; this one is tagged checkout\.$/);
  const refused = { ...here, denied: [{ action: 'updateOn', reason: { role_name: 'Careful' }, now, elsewhere }] };
  expect(refusalIn([refused], ['updateOn'])).toMatch(/The role Careful refuses it\.$/);
});

it('names a few of many actions', () => {
  const all = ['updateOn', 'updateRules', 'updateTargets', 'updateFallthrough', 'deleteFlag'];
  expect(missingIn([place('Test', ...all)], all)).toContain('changing targets (updateTargets) and 2 more. None');
});

it('tells what is missing apart from what could not be asked, and that once', () => {
  expect(missingIn([DOWN], ['updateOn', 'updateRules', 'updateTargets'], ['Ada'])).toBe(
    'In Staging you may not do this: turning it on and off (updateOn). None of your roles gives it. Ask: Ada. Could not ask what you may do in Staging. Trying again.',
  );
  expect(missingIn([{ name: '', denied: [], unasked: ['createSegment'] }], ['createSegment'])).toBe(
    'Could not ask whether you may do this: create segment (createSegment). Trying again.',
  );
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

it.each<[string, Parameters<typeof isUnasked>[0], boolean]>([
  ['is being asked for the first time', { data: undefined, errorUpdateCount: 0 }, false],
  ['was never answered', { data: undefined, errorUpdateCount: 3 }, true],
  ['was answered once, though not of late', { data: null, errorUpdateCount: 3 }, false],
])('what %s is told apart', (_, state, is) => {
  expect(isUnasked(state)).toBe(is);
});
