// The way to the server: typed calls of the REST API, with failures in one shape.
import createClient, { type Middleware } from 'openapi-fetch';
import { Failure, readFailure } from '../format/failure';
import { noteAnswer, noteSilence } from './connection';
import { noteWrite } from './ownChanges';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** For operations in beta: `api.GET(path, { headers: BETA, ... })`. */
export const BETA = { 'LD-API-Version': 'beta' } as const;
/** For patches that are lists of instructions. */
export const SEMANTIC = { 'Content-Type': 'application/json; domain-model=launchdarkly.semanticpatch' };
export const JSON_PATCH = { 'Content-Type': 'application/json' };
const VERSION = '20240415';

const tellConnection: Middleware = {
  onResponse({ response }) {
    noteAnswer(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    noteSilence();
    return new Failure(0, 'unreachable', '');
  },
};

export const api = createClient<paths>({
  baseUrl: '',
  headers: { 'LD-API-Version': VERSION },
  fetch: (request) => (request.method === 'GET' ? fetch(request) : noteWrite(fetch(request))),
});
api.use(tellConnection);

type Explain = (failure: Failure) => Promise<Failure>;

/** Gives what puts into words why a call was refused: it comes after the first page (late.ts), and is waited for. */
export let explainWith: (explain: Explain) => void;
const explaining = new Promise<Explain>((resolve) => (explainWith = resolve));

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What a call answers; throws Failure when it is refused, which says what the caller lacks: `await take(api.GET(...))`. */
export async function take<T>(call: Promise<Answered<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (!response.ok) {
    const failure = readFailure(response, error);
    throw failure.denied.length > 0 ? await (await explaining)(failure) : failure;
  }
  return data as NonNullable<T>; // a 204 has none, and its callers use none
}
