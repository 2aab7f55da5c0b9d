// Parts of a page that are read when they are needed: the connection may just be gone, or the server starting.

const AGAIN = [1_000, 3_000]; // milliseconds until it is tried once more, while the browser is online

/** What `read` gives. Who is offline waits until he is back; who is not is told of a failure after some tries. */
export async function readLate<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      const pause = AGAIN[tries];
      if (!navigator.onLine) {
        await online();
        tries = -1;
      } else if (pause !== undefined) await new Promise((done) => setTimeout(done, pause));
      else throw error;
    }
  }
}

const online = () => new Promise((done) => addEventListener('online', done, { once: true }));
