// Runs an official client-side SDK and speaks JSON lines: one line in is one request, one line out its answer.
import { createInterface } from 'node:readline';
import { EventSource } from 'eventsource';
import { JSDOM } from 'jsdom';

const [, , which, url, environmentId, given] = process.argv;
const { context, hash, ...rest } = JSON.parse(given);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

// A browser tab without a screen, as far as the SDK for browsers looks at one.
function openTab() {
  const { window } = new JSDOM('<!doctype html><title>shop</title>', { url: 'http://shop.test/cart' });
  const { document, location, history } = window;
  Object.assign(globalThis, { window, document, location, history, EventSource });
}

async function openNode() {
  const { initialize } = (await import('launchdarkly-node-client-sdk')).default;
  const options = { baseUrl: url, streamUrl: url, eventsUrl: url, streamReconnectDelay: 50, logger: silent };
  const client = initialize(environmentId, context, { ...options, hash, ...rest });
  const ready = () => client.waitForInitialization(10).then(() => 'ready', (error) => error.message);
  const identify = (asked) => client.identify(asked.context, asked.hash ?? null);
  return { client, ready, identify };
}

async function openBrowser() {
  openTab();
  const { createClient } = await import('@launchdarkly/js-client-sdk');
  const options = { baseUri: url, streamUri: url, eventsUri: url, streamInitialReconnectDelay: 0.05, logger: silent };
  const protocol = which === 'transfers' ? { dataSystem: {} } : {};
  const client = createClient(environmentId, context, { ...options, ...protocol, ...rest });
  const start = client.start({ timeout: 10, identifyOptions: { hash } });
  const ready = async () => { const { status, error } = await start; return status === 'complete' ? 'ready' : `${status}: ${error}`; };
  const identify = async (asked) => { await client.identify(asked.context, { hash: asked.hash }); };
  return { client, ready, identify };
}

const { client, ready, identify } = await (which === 'node' ? openNode() : openBrowser());
const changes = [];
client.on('change', (change) => changes.push(change));
const answers = {
  ready,
  evaluate: async ({ flag }) => client.variationDetail(flag, null),
  all: async () => client.allFlags(),
  identify: async (asked) => { await identify(asked); return client.getContext(); },
  changes: async () => changes.length,
  track: async ({ name }) => { client.track(name, { size: 1 }); await client.flush(); return true; },
  close: async () => { await client.close(); return true; },
};
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...asked } = JSON.parse(line);
  const answer = await answers[ask](asked).catch((error) => ({ error: error.message }));
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
  if (ask === 'close') process.exit(0);
}
