import { QueryObserver } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/** A query whose answers the test gives, in the order in which they are asked for. */
async function open() {
  vi.resetModules();
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('window', new EventTarget());
  const { queries, keepAnswer } = await import('./queries');
  const waiting: ((value: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => waiting.push(resolve));
  const options = { queryKey: ['flags'], queryFn };
  const answer = async (value: string) => {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    waiting.shift()?.(value);
  };
  return { queries, keepAnswer, waiting, options, answer };
}

beforeEach(() => () => vi.unstubAllGlobals());

describe('what is being read for the first time as it becomes old', () => {
  it('is read once more, and is as new as that when the reading ends', async () => {
    const { queries, options, answer } = await open();
    const shown = new QueryObserver(queries, options);
    const leave = shown.subscribe(() => undefined);
    const read = queries.invalidateQueries({ queryKey: ['flags'] });
    await answer('before');
    await answer('after');
    await read;
    expect(shown.getCurrentResult().data).toBe('after');
    leave();
  });

  it('is read once more by who shows it, where it was asked for ahead', async () => {
    const { queries, waiting, options, answer } = await open();
    const ahead = queries.query(options);
    const read = queries.invalidateQueries({ queryKey: ['flags'] });
    await answer('before');
    await Promise.all([ahead, read]);
    expect(waiting).toHaveLength(0);
    expect(queries.getQueryState(['flags'])?.isInvalidated).toBe(true);
  });

  it('is read once where nothing of it is old', async () => {
    const { queries, waiting, options, answer } = await open();
    const ahead = queries.query(options);
    await queries.invalidateQueries({ queryKey: ['segments'] });
    await answer('before');
    expect(await ahead).toBe('before');
    expect(waiting).toHaveLength(0);
    expect(queries.getQueryState(['flags'])?.isInvalidated).toBe(false);
  });
});

describe('what a write has answered', () => {
  it('stays, also where a reading that began before it ends after it', async () => {
    const { queries, keepAnswer, options, answer } = await open();
    const shown = new QueryObserver(queries, options);
    const leave = shown.subscribe(() => undefined);
    await answer('first');
    await vi.waitFor(() => expect(shown.getCurrentResult().data).toBe('first'));
    const read = queries.invalidateQueries({ queryKey: ['flags'] });
    await keepAnswer(['flags'], 'written');
    await answer('before');
    await read;
    expect(shown.getCurrentResult().data).toBe('written');
    leave();
  });
});
