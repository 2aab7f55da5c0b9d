// Whether there is something of a key, asked before one makes another.

/** What is not there, and what may not be seen or could not be asked, is not found: making it will tell. */
export const isFound = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );
