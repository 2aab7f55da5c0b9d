// When the page has been shown once: what is not seen at first is read only then.
import { readLate } from './readLate';

/** Done after the next frame has been painted. */
export const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => setTimeout(done));
  });

/** Reads a part of the page once the rest of it has been painted. */
export const afterPaint = <T,>(read: () => Promise<T>) => async () => {
  await painted();
  return readLate(read);
};
