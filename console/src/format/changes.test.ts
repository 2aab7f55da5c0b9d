import { expect, it } from 'vitest';
import { isOutdated, touches } from './changes';

const FLAG = { kind: 'flag', key: 'dark-mode', projectKey: 'shop' };

it.each([
  [['project', 'shop', 'flags', 'pages', 'rows'], FLAG, true],
  [['project', 'shop', 'flags', 'one', 'dark-mode'], FLAG, true],
  [['project', 'shop', 'flags', 'one', 'other'], FLAG, false],
  [['project', 'other', 'flags', 'pages'], FLAG, false],
  [['project', 'shop', 'traffic', 'test'], FLAG, false],
  [['project', 'shop', 'environments'], { kind: 'environment', key: 'test', projectKey: 'shop' }, true],
  [['projects', ''], { kind: 'project', key: 'shop', projectKey: 'shop' }, true],
  [['tokens', 0, 100], { kind: 'token', key: 't1' }, true],
  [['session'], FLAG, false],
  [['audit', 'proj/shop'], FLAG, true],
])('what is kept as %j is old after %j: %s', (key, change, isOld) => {
  expect(isOutdated(key, change)).toBe(isOld);
});

it.each([
  [{}, true],
  [{ environmentKeys: ['production'] }, false],
  [{ environmentKeys: [] }, true],
  [{ projectKey: 'other' }, false],
  [{ kind: 'segment' }, false],
])('a line glows after a change like %j: %s', (part, glows) => {
  const change = { ...FLAG, position: 1, environmentKeys: ['test'], actor: 'Ada', ...part };
  expect(touches(change, 'flag', 'shop', 'test')).toBe(glows);
});
