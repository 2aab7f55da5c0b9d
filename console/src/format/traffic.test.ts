import { describe, expect, it } from 'vitest';
import { largestShares, servedShares, sharePercent } from './traffic';

const TRUE = { variation: 0, count: 30, series: [10, 20] };
const FALSE = { variation: 1, count: 10, series: [0, 10] };
const NONE = { variation: 2, count: 0, series: [0, 0] };

describe('what a flag served', () => {
  it('is told by variation, without those nobody got', () => {
    expect(servedShares([TRUE, FALSE, NONE])).toEqual([
      { variation: 0, share: 0.75 },
      { variation: 1, share: 0.25 },
    ]);
    expect(servedShares([NONE])).toEqual([]);
  });

  it('names the largest shares first and counts the others', () => {
    const shares = servedShares([FALSE, TRUE]);
    expect(largestShares(shares, 1)).toEqual({ shown: [{ variation: 0, share: 0.75 }], more: 1 });
  });

  it.each([
    [1, '100%'],
    [0.9999, '>99.9%'],
    [0.501, '50%'],
    [0.0419, '4.2%'],
    [0.0004, '<0.1%'],
    [0, '0%'],
  ])('%f reads %s', (share, text) => {
    expect(sharePercent(share)).toBe(text);
  });
});
