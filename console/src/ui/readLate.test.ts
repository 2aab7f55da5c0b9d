import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readLate } from './readLate';

const network = Object.assign(new EventTarget(), { onLine: true });

beforeEach(() => {
  vi.useFakeTimers();
  network.onLine = true;
  vi.stubGlobal('navigator', network);
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Fails so many times. */
const failing = (times: number) => {
  const read = vi.fn(() => (read.mock.calls.length > times ? Promise.resolve('part') : Promise.reject(new Error('gone'))));
  return read;
};

test('what can be read is read once', async () => {
  const read = failing(0);
  expect(await readLate(read)).toBe('part');
  expect(read).toHaveBeenCalledTimes(1);
});

test('a server that is away for a moment is asked again', async () => {
  const reading = readLate(failing(2));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await reading).toBe('part');
});

test('one that stays away is a failure', async () => {
  const reading = readLate(failing(3)).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await reading).toEqual(new Error('gone'));
});

test('who is offline waits until he is back, however often', async () => {
  network.onLine = false;
  const read = failing(5);
  const reading = readLate(read);
  for (let times = 0; times < 5; times += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read).toHaveBeenCalledTimes(times + 1);
    network.dispatchEvent(new Event('online'));
  }
  expect(await reading).toBe('part');
});
