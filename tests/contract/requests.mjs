// Requests as JSON lines: one line in is one request, one line out its answer. `open` makes a client of an SDK that
// the later requests name by its number, `close` ends it; a program has as many clients as its test asks for.
import { createInterface } from 'node:readline';

const clients = new Map();

async function answer(open, { ask, client, ...given }) {
  if (ask === 'open') {
    clients.set(client, await open(given));
    return true;
  }
  const answers = clients.get(client);
  if (ask === 'close') clients.delete(client);
  return answers[ask](given);
}

// Answers until the input ends. `open` gives what a client answers, by the names of the requests.
export async function answerRequests(open) {
  for await (const line of createInterface({ input: process.stdin })) {
    const answered = await answer(open, JSON.parse(line)).catch((error) => ({ error: error.message }));
    process.stdout.write(`${JSON.stringify(answered ?? null)}\n`);
  }
}
