import { expect, it } from 'vitest';
import { elsewhereIn } from './elsewhere';

const FLAG = 'proj/shop:env/live:flag/checkout;checkout,web';
const gives = (what: string, own: string) => `Your role gives it for ${what}; this one is ${own}.`;

it.each<[string, string, string[], string | undefined]>([
  ['another tag', FLAG, ['proj/*:env/*:flag/*;search'], gives('flags tagged search', 'tagged checkout and web')],
  ['two tags at once, or a third', FLAG, ['proj/*:env/*:flag/*;search,ops', 'proj/*:env/*:flag/*;eu'], gives('flags tagged search and ops or eu', 'tagged checkout and web')],
  ['a tag, where it has none', 'proj/shop:env/live:flag/checkout', ['proj/*:env/*:flag/*;search'], gives('flags tagged search', 'not tagged')],
  ['another name', FLAG, ['proj/*:env/*:flag/search-*'], gives('flags called search-*', 'checkout')],
  ['another environment', FLAG, ['proj/*:env/test:flag/*', 'proj/*:env/dev:flag/*'], gives('flags in test or dev', 'in live')],
  ['environments that matter less', FLAG, ['proj/*:env/*;{critical:false}:flag/*'], gives('flags in environments that are not critical', 'in live')],
  ['environments by tag', FLAG, ['proj/*:env/*;eu:flag/*'], gives('flags in environments tagged eu', 'in live')],
  ['a segment', 'proj/shop:env/live:segment/beta', ['proj/*:env/test:segment/*'], gives('segments in test', 'in live')],
  ['another project, which nobody asks about', FLAG, ['proj/other:env/*:flag/*'], undefined],
  ['nothing', FLAG, [], undefined],
  ['what has no short name', 'member/a', ['member/b'], undefined],
])('says what else is allowed: %s', (_, now, elsewhere, said) => {
  expect(elsewhereIn(now, elsewhere)).toBe(said);
});
