import { beforeEach, describe, expect, it, vi } from 'vitest';

const HERE = () => Promise.resolve(new Response('', { status: 200 }));
const AWAY = () => Promise.reject(new TypeError('Failed to fetch'));
const ILL = () => Promise.resolve(new Response('', { status: 503 }));

/** The connection of a page just opened, in a browser whose server tells its health so. */
async function open(health: () => Promise<Response>, onLine = true) {
  const ask = vi.fn(health);
  vi.stubGlobal('navigator', { onLine });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('fetch', ask);
  vi.resetModules();
  const connection = await import('./connection');
  const back = vi.fn();
  connection.onBack(back);
  return { ...connection, ask, back };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('a call without an answer', () => {
  it('is no lost connection while the server tells its health, so that nothing is read anew', async () => {
    const { noteSilence, noteAnswer, back, ask } = await open(HERE);
    noteSilence();
    noteSilence();
    await vi.advanceTimersByTimeAsync(10_000);
    noteAnswer(new Response(''));
    expect(ask).toHaveBeenCalledTimes(1);
    expect(back).not.toHaveBeenCalled();
  });

  it.each([
    ['does not answer', AWAY, true],
    ['is ill', ILL, true],
    ['cannot be reached without a network', AWAY, false],
  ])('is one while the server %s, and all is read anew when it answers again', async (_, health, onLine) => {
    const { noteSilence, back, ask } = await open(health, onLine);
    noteSilence();
    await vi.advanceTimersByTimeAsync(3000);
    expect(back).not.toHaveBeenCalled();
    ask.mockImplementation(HERE);
    vi.stubGlobal('navigator', { onLine: true });
    await vi.advanceTimersByTimeAsync(2000);
    expect(back).toHaveBeenCalledTimes(1);
  });
});
