import { describe, expect, it } from 'vitest';
import { arrivedIn, entriesOf, fitsFilter, type Live } from './live';

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
    expect(entriesOf(live, 0, 0).filter((entry) => fitsFilter(entry, text))).toHaveLength(found));
});
