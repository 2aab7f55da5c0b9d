import { describe, expect, it } from 'vitest';
import { settle } from './preferences';

const NARROW = { order: [], hidden: ['on'], widths: {} };
const WIDE = { order: [], hidden: [], widths: { on: 90 } };

describe('of what this browser and the server have', () => {
  it.each([
    ['nothing anywhere', undefined, undefined, false, 'stays'],
    ['the same', NARROW, { ...NARROW }, false, 'stays'],
    ['something else on the server', NARROW, WIDE, false, 'taken'],
    ['something on the server alone', undefined, WIDE, false, 'taken'],
    ['an empty list on the server', [{ name: 'Night', query: '' }], [], false, 'taken'],
    ['what was kept here before servers kept it', NARROW, undefined, false, 'given'],
    ['what was chosen here a moment ago', NARROW, WIDE, true, 'stays'],
    ['what was chosen here for the first time', NARROW, undefined, true, 'stays'],
  ])('%s', (_, ours, theirs, isUnsent, expected) => {
    const { taken, given } = settle([{ name: 'columns', ours, theirs, isUnsent }]);
    expect(taken.length > 0 ? 'taken' : given.length > 0 ? 'given' : 'stays').toBe(expected);
  });

  it('each is settled by itself', () => {
    const columns = { name: 'columns', ours: NARROW, theirs: undefined, isUnsent: false };
    const views = { name: 'views', ours: undefined, theirs: [], isUnsent: false };
    expect(settle([columns, views])).toEqual({ taken: [views], given: [columns] });
  });
});
