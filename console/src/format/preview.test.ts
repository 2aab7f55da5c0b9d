import { expect, it } from 'vitest';
import { changeableOf, sentenceOf } from './preview';

it.each([
  [{ description: '* Added a rule', titleVerb: 'updated the flag', steps: [1] }, '* Added a rule'],
  [{ description: '', titleVerb: 'turned on the flag', steps: [1] }, 'Turned on the flag'],
  [{ description: '', titleVerb: '', steps: [] }, ''],
])('says a change in one sentence: %o', (told, sentence) => {
  expect(sentenceOf(told)).toBe(sentence);
});

it('keeps what a change can be about, of one environment or of the flag', () => {
  const flag = { key: 'a', _id: 'x', creationDate: 1, environments: { test: { on: true, _site: {}, version: 2, salt: 's' } } };
  expect(changeableOf(flag, 'test')).toEqual({ on: true });
  expect(changeableOf(flag, '')).toEqual({ key: 'a' });
  expect(changeableOf(flag, 'gone')).toEqual({});
});
