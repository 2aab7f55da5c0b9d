import { beforeEach, describe, expect, it, vi } from 'vitest';

const answerOf = (position: number) => new Response('', { headers: { 'X-Flagstaff-Change': `${position}` } });

/** As a page just opened has it, with a call under way that is answered by the test. */
async function write() {
  vi.resetModules();
  const own = await import('./ownChanges');
  let resolve: (answer: Response) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const call = new Promise<Response>((...settle) => ([resolve, reject] = settle));
  own.noteWrite(call).catch(() => undefined);
  return { ...own, resolve, reject };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('a change of which the stream tells', () => {
  it('is own where the answer of a call of this tab has told of it', async () => {
    const { isOwn, resolve } = await write();
    resolve(answerOf(7));
    expect(await isOwn(7)).toBe(true);
    expect(await isOwn(8)).toBe(false);
  });

  it('is own also where the answer comes after it', async () => {
    const { isOwn, resolve } = await write();
    const found = isOwn(7);
    await vi.advanceTimersByTimeAsync(400);
    resolve(answerOf(7));
    expect(await found).toBe(true);
  });

  it('is not held up for long by a call that takes its time, nor by one that fails', async () => {
    const { isOwn, reject } = await write();
    const found = isOwn(7);
    await vi.advanceTimersByTimeAsync(500);
    expect(await found).toBe(false);
    const next = isOwn(8);
    reject(new TypeError('Failed to fetch'));
    expect(await next).toBe(false);
  });

  it('waits for no call that has been answered, and for none where there is none', async () => {
    const { isOwn, noteWrite, resolve } = await write();
    resolve(answerOf(7));
    await noteWrite(Promise.resolve(new Response('')));
    expect(await isOwn(9)).toBe(false);
  });
});
