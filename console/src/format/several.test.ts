import { describe, expect, it } from 'vitest';
import { doEach } from './several';

describe('doing something for each', () => {
  it('does each once, never more than so many at a time', async () => {
    const done: number[] = [];
    let now = 0;
    let most = 0;
    await doEach([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins nothing more once it is stopped', async () => {
    const done: number[] = [];
    await doEach([1, 2, 3, 4, 5], 2, async (item) => void (await Promise.resolve(), done.push(item)), () => done.length < 2);
    expect(done).toEqual([1, 2]);
  });
});
