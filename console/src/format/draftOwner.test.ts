import { expect, test } from 'vitest';
import { renamed } from './draftOwner';

const MINE = 'flagstaff-draft:new-flag:default';
const ASIDE = 'flagstaff-aside:ada:new-flag:default';

test.each<[string, string[], string | undefined, [string, string][]]>([
  ['nobody was here before', [MINE], undefined, []],
  ['the same comes back', [MINE, 'flagstaff-prefs'], 'bob', []],
  ['another comes', [MINE, 'flagstaff-prefs'], 'ada', [[MINE, ASIDE]]],
  ['another comes back', ['flagstaff-aside:bob:role:new'], 'ada', [['flagstaff-aside:bob:role:new', 'flagstaff-draft:role:new']]],
])('of what is kept when %s', (_, names, before, moved) => {
  expect(renamed(names, before, 'bob')).toEqual(moved);
});
