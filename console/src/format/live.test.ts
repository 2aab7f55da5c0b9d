import { describe, expect, it } from 'vitest';
import { arrivedIn, AT_ONCE, entriesOf, linesOf, type Live } from './live';

const live: Live = {
  environment: 'shop/test',
  events: [{ kind: 'custom', key: 'bought', at: 90, value: 3 }],
  moreEvents: 4,
  served: [{ key: 'checkout', variation: 1, count: 30 }],
  moreServed: 10,
};

describe('what SDKs tell', () => {
  it('becomes lines with numbers of their own', () =>
    expect(entriesOf(live, 100, 7).map(({ id, at, kind, key, count }) => [id, at, kind, key, count])).toEqual([
      [7, 100, 'served', 'checkout', 30],
      [8, 90, 'custom', 'bought', 1],
    ]));

  it('is counted with what is not shown', () => expect(arrivedIn(live)).toBe(30 + 10 + 1 + 4));

  it.each([
    ['', 2],
    ['CHECK', 1],
    ['custom', 1],
    ['nothing', 0],
  ])('is filtered by “%s”', (text, found) =>
    expect(linesOf(entriesOf(live, 0, 0), text)).toHaveLength(found));

  const many = (singles: number, counted: number): Live => ({
    ...live,
    events: Array.from({ length: singles }, (_, place) => ({ kind: 'custom', key: `bought-${place}`, at: 90 })),
    served: Array.from({ length: counted }, (_, place) => ({ key: `flag-${place}`, variation: 0, count: 3 })),
  });

  it.each([
    [20, 20, '', 10, 10],
    [3, 20, '', 3, 17],
    [20, 3, '', 17, 3],
    [20, 0, '', 20, 0],
    [20, 20, 'bought', 20, 0],
  ])('of %i events and %i counts of one second that “%s” asks for shows %i and %i', (singles, counted, text, ofSingles, ofCounts) => {
    const shown = linesOf(entriesOf(many(singles, counted), 0, 0), text);
    expect(shown.filter(({ kind }) => kind === 'custom')).toHaveLength(ofSingles);
    expect(shown.filter(({ kind }) => kind === 'served')).toHaveLength(ofCounts);
    expect(shown.length).toBeLessThanOrEqual(AT_ONCE);
  });

  it('shows a few of every second', () =>
    expect(linesOf([...entriesOf(many(20, 20), 1, 40), ...entriesOf(many(20, 20), 0, 0)], '')).toHaveLength(2 * AT_ONCE));
});
