// Runs the official client-side SDKs for Node and for browsers; its requests are those of requests.mjs.
import { EventSource } from 'eventsource';
import { JSDOM } from 'jsdom';
import { answerRequests } from './requests.mjs';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

// A browser tab without a screen, as far as the SDK for browsers looks at one. There is one at a time.
function openTab() {
  const { window } = new JSDOM('<!doctype html><title>shop</title>', { url: 'http://shop.test/cart' });
  const { document, location, history } = window;
  Object.assign(globalThis, { window, document, location, history, EventSource });
}

function closeTab() {
  globalThis.window.close();
  for (const name of ['window', 'document', 'location', 'history', 'EventSource']) delete globalThis[name];
}

async function openNode({ url, id, context, hash, ...rest }) {
  const { initialize } = (await import('launchdarkly-node-client-sdk')).default;
  const options = { baseUrl: url, streamUrl: url, eventsUrl: url, streamReconnectDelay: 50, logger: silent };
  const client = initialize(id, context, { ...options, hash, ...rest });
  const ready = () => client.waitForInitialization(10).then(() => 'ready', (error) => error.message);
  const identify = (asked) => client.identify(asked.context, asked.hash ?? null);
  return { client, ready, identify, close: () => client.close() };
}

async function openBrowser({ which, url, id, context, hash, ...rest }) {
  openTab();
  const { createClient } = await import('@launchdarkly/js-client-sdk');
  const options = { baseUri: url, streamUri: url, eventsUri: url, streamInitialReconnectDelay: 0.05, logger: silent };
  const protocol = which === 'transfers' ? { dataSystem: {} } : {};
  const client = createClient(id, context, { ...options, ...protocol, ...rest });
  const start = client.start({ timeout: 10, identifyOptions: { hash } });
  const ready = async () => { const { status, error } = await start; return status === 'complete' ? 'ready' : `${status}: ${error}`; };
  const identify = async (asked) => { await client.identify(asked.context, { hash: asked.hash }); };
  return { client, ready, identify, close: async () => { await client.close(); closeTab(); } };
}

async function open({ which, ...given }) {
  const { client, ready, identify, close } = await (which === 'node' ? openNode(given) : openBrowser({ which, ...given }));
  const changes = [];
  client.on('change', (change) => changes.push(change));
  return {
    ready,
    evaluate: async ({ flag }) => client.variationDetail(flag, null),
    all: async () => client.allFlags(),
    identify: async (asked) => { await identify(asked); return client.getContext(); },
    changes: async () => changes.length,
    track: async ({ name }) => { client.track(name, { size: 1 }); await client.flush(); return true; },
    close: async () => { await close(); return true; },
  };
}

await answerRequests(open);
process.exit(0);
