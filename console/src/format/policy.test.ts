import { describe, expect, it } from 'vitest';
import { actionNames } from '../strings/actions';
import { ACTIONS } from './actions';
import {
  actionsFor, actionWords, hasFaults, inverted, isSamePolicy, numberOf, pathOf, readPolicy, readStatements, resourceText,
  specifierFault, statementFaults, strangeActions, templateOf, writePolicy, type Statement,
} from './policy';

const EMPTY: Statement = { effect: 'allow' };
const FLAGS: Statement = { effect: 'allow', resources: ['proj/*:env/*:flag/*'], actions: ['updateOn'] };

const VERB =
  /^(add|apply|approve|archive|bypass|clone|copy|create|delete|deprecate|import|manage|remove|replace|reset|review|revoke|send|start|stop|turn|update|validate|view) /;
const UNFINISHED = /^update (?!whether )(.+ )?(on|critical|numeric|temporary|deprecated|archived|active|included|excluded)$/;

describe('a policy as JSON', () => {
  it('is the same when written and read', () => {
    const policy: Statement[] = [FLAGS, { effect: 'deny', notResources: ['member/*'], notActions: ['createMember'] }];
    expect(readPolicy(JSON.parse(writePolicy(policy)))).toEqual(policy);
  });

  it('has no lists that the API leaves empty', () => {
    expect(readStatements([{ ...FLAGS, notActions: null, notResources: undefined }])).toEqual([FLAGS]);
  });

  it.each([
    [{}, 'A policy is a list'],
    [['x'], 'Statement 1: it has to be an object'],
    [[{ effect: 'maybe' }], 'Statement 1: the effect'],
    [[FLAGS, { effect: 'deny', action: ['x'] }], 'Statement 2: it has no “action”'],
    [[{ effect: 'allow', actions: 'updateOn' }], '“actions” has to be a list'],
  ])('%j is refused in words', (value, part) => {
    expect(readPolicy(value)).toContain(part);
  });
});

describe('a specifier', () => {
  it.each([
    'proj/*', 'proj/shop:env/production;{critical:true}:flag/*;checkout', 'member/${self}:token/*', 'acct',
    'proj/${roleAttribute/projects}:env/*:segment/beta-*', 'proj/*:/env/*:/flag/*',
  ])('%s is one', (text) => expect(specifierFault(text)).toBeUndefined());

  it.each([
    ['', 'A part is empty'],
    ['flag/*', '“flag” is written proj/*:env/*:flag/*'],
    ['proj/*:env', '“env” is not of the form'],
    ['proj/*:env/', '“env/” is not of the form'],
    ['planet/*', 'no type of resource “planet”'],
    ['proj/*:env/*;{critical:maybe}:flag/*', '{critical:maybe} is no property'],
    ['proj/*;', 'A tag is empty'],
  ])('%s is none, and why', (text, part) => expect(specifierFault(text)).toContain(part));

  it.each(Object.keys(ACTIONS))('of everything of the type %s is one', (path) => {
    expect(specifierFault(templateOf(path))).toBeUndefined();
    expect(pathOf(templateOf(path))).toBe(path);
  });
});

describe('a statement', () => {
  it('offers the actions of its resources', () => {
    expect(actionsFor(FLAGS)).toContain('updateTargets');
    expect(actionsFor(FLAGS)).not.toContain('createMember');
    expect(actionsFor({ effect: 'allow', notResources: ['acct'] })).toContain('createMember');
  });

  it('is told of actions that they do not have', () => {
    expect(strangeActions({ ...FLAGS, actions: ['updateOn', 'update*', 'createMember'] })).toEqual(['createMember']);
  });

  it.each([
    [FLAGS, {}],
    [EMPTY, { resources: 'Say for which resources.', actions: 'Say which actions.' }],
    [{ ...FLAGS, actions: ['update on'] }, { actions: 'An action has no blanks in it.' }],
    [{ ...FLAGS, resources: ['planet/x'] }, { resources: 'planet/x: There is no type of resource “planet”.' }],
  ])('%j has these faults: %j', (statement, faults) => {
    expect(statementFaults(statement)).toEqual(faults);
    expect(hasFaults([FLAGS, statement])).toBe(Object.keys(faults).length > 0);
  });

  it('is turned into all but these, and back', () => {
    const other = inverted(inverted(FLAGS, 'actions'), 'resources');
    expect(other).toEqual({ effect: 'allow', notActions: ['updateOn'], notResources: ['proj/*:env/*:flag/*'] });
    expect(inverted(inverted(other, 'actions'), 'resources')).toEqual(FLAGS);
  });

  it('is found in its policy, whatever the order of its members', () => {
    const policy = readStatements([{ actions: ['x'], effect: 'deny', resources: ['acct'] }, FLAGS]);
    expect(numberOf(FLAGS, policy)).toBe(2);
    expect(numberOf({ ...FLAGS, effect: 'deny' }, policy)).toBe(0);
    expect(isSamePolicy(policy, [...policy].reverse())).toBe(false);
  });
});

it('writes a resource by its names', () => {
  expect(resourceText('proj:env:flag', ['shop', 'test', 'checkout'])).toBe('proj/shop:env/test:flag/checkout');
  expect(resourceText('acct', [])).toBe('acct');
});

describe('an action in words', () => {
  const all = [...new Set(Object.values(ACTIONS).flat())];

  it.each([
    ['updateOn', 'turn on and off'],
    ['createOAuthClient', 'create OAuth client'],
    ['viewOAuthClients', 'view OAuth clients'],
    ['updateSamlX509Certificate', 'update SAML X.509 certificate'],
    ['updateSamlX509KeystoreId', 'update SAML X.509 keystore ID'],
    ['createAIModelConfig', 'create AI model configuration'],
    ['deleteAIConfigVariation', 'delete AI configuration variation'],
    ['viewSdkKey', 'view SDK key'],
    ['updateUrls', 'update URLs'],
    ['updateFallthrough', 'update default rule'],
    ['updatePrerequisites', 'update requirements'],
    ['updateGlobalArchived', 'archive and restore'],
    ['sendMfaRecoveryCode', 'send MFA recovery code'],
    ['createCodeRefsRepository', 'create code references repository'],
    ['frobnicate', 'frobnicate'],
  ])('says %s as “%s”', (action, words) => expect(actionWords(action)).toBe(words));

  it.each(all)('begins with what is done and ends with what it is done to: %s', (action) => {
    expect(actionWords(action)).toMatch(VERB);
    expect(actionWords(action)).not.toMatch(UNFINISHED);
  });

  it('has no letter alone, and no word of people who write programs', () => {
    const badly = all.map(actionWords).filter((said) => /\b([b-z]|config|refs|goals?|auth|enabled)\b/.test(said));
    expect(badly).toEqual([]);
  });

  it.each(Object.entries(ACTIONS))('tells the actions of %s apart', (_, actions) => {
    expect(new Set(actions.map(actionWords)).size).toBe(actions.length);
  });

  it('has a name of its own only for actions that there are', () => {
    expect(Object.keys(actionNames).filter((action) => !all.includes(action))).toEqual([]);
  });
});
