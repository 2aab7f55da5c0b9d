// Questions of what the reader may do, without a memory: those of one moment in one call.
import { api, take, type Schemas } from './client';

export type Denied = Schemas['CheckRep'] & { now: string; elsewhere: readonly string[] };

const MOST = 100; // questions in a call
const ANY = '/*';

/** Whether a resource, `.../*`, has no name yet; then it is enough that the reader may with some name. */
const isNameless = (resource: string) => resource.endsWith(ANY);

/** The same with a name, as the server asks for one. */
export const named = (resource: string) => (isNameless(resource) ? `${resource.slice(0, -1)}new` : resource);

interface Question {
  action: string;
  resource: string;
  answer: (denied: Denied | null) => void;
  fail: (error: unknown) => void;
}

let waiting: Question[] = [];

/** Null where the reader may. What is asked while a page is drawn goes to the server in one call. */
export function askMay(action: string, resource: string): Promise<Denied | null> {
  return new Promise((answer, fail) => {
    if (waiting.length === 0) setTimeout(() => void send(), 0);
    waiting.push({ action, resource, answer, fail });
  });
}

async function send() {
  const asked = new Map<string, Question[]>();
  for (const question of waiting) asked.set(question.resource, [...(asked.get(question.resource) ?? []), question]);
  waiting = [];
  const groups = [...asked];
  for (let at = 0; at < groups.length; at += MOST) await sendSome(groups.slice(at, at + MOST));
}

async function sendSome(groups: [string, Question[]][]) {
  const questions = groups.map(([resource, asked]) => ({
    resource: named(resource),
    actions: asked.map(({ action }) => action),
    some: isNameless(resource),
  }));
  try {
    const { answers } = await take(api.POST('/api/v2/flagstaff/may', { body: { questions } }));
    groups.forEach(([, asked], place) => {
      const { access, now = '', elsewhere = {} } = answers[place] ?? {};
      for (const { action, answer } of asked) {
        const denied = access?.denied.find((one) => one.action === action);
        answer(denied === undefined ? null : { ...denied, now, elsewhere: elsewhere[action] ?? [] });
      }
    });
  } catch (error) {
    for (const { fail } of groups.flatMap(([, asked]) => asked)) fail(error);
  }
}
