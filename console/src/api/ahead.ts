// What a page will ask for, asked for while its programs are still being read.
import { sessionQuery } from './auth';
import { queries } from './queries';

const PATIENCE = 150; // milliseconds for which a page waits, so that it is drawn once with all that it shows

/** Begins as soon as somebody is known to be signed in. What fails the page asks for again, and tells of. */
export async function askAhead(...asked: (() => Promise<unknown>)[]): Promise<null> {
  const answered = queries
    .query(sessionQuery)
    .then(() => Promise.allSettled(asked.map((ask) => ask())))
    .catch(() => undefined);
  await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  return null;
}
