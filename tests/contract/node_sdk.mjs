// Runs the official Node SDK, and OpenFeature with its provider; its requests are those of requests.mjs.
import { init } from '@launchdarkly/node-server-sdk';
import { openProvider } from './openfeature_node.mjs';
import { answerRequests } from './requests.mjs';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const sources = {
  transfers: { dataSourceOptionsType: 'standard', streamInitialReconnectDelay: 0.05 },
  'transfer-polls': { dataSourceOptionsType: 'pollingOnly', pollInterval: 30 },
};

function openSdk({ url, key, how }) {
  const client = init(key, {
    baseUri: url, streamUri: url, eventsUri: url,
    stream: how === 'stream', streamInitialReconnectDelay: 0.05, logger: silent,
    ...(how in sources ? { dataSystem: { dataSource: sources[how] } } : {}),
  });
  return {
    ready: async () => { await client.waitForInitialization({ timeout: 10 }); return client.initialized(); },
    evaluate: async ({ flag, context }) => client.variationDetail(flag, context, null),
    all: async ({ context }) => (await client.allFlagsState(context)).toJSON(),
    track: async ({ name, context }) => { client.track(name, context); await client.flush(); return true; },
    close: async () => { client.close(); return true; },
  };
}

await answerRequests(async (given) => (given.how === 'openfeature' ? openProvider(given) : openSdk(given)));
