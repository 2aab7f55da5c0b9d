// Runs the official Node SDK and speaks JSON lines: one line in is one request, one line out its answer.
import { createInterface } from 'node:readline';
import { init } from '@launchdarkly/node-server-sdk';

const [, , url, key, how] = process.argv;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const sources = {
  transfers: { dataSourceOptionsType: 'standard', streamInitialReconnectDelay: 0.05 },
  'transfer-polls': { dataSourceOptionsType: 'pollingOnly', pollInterval: 30 },
};
const client = init(key, {
  baseUri: url, streamUri: url, eventsUri: url,
  stream: how === 'stream', streamInitialReconnectDelay: 0.05, logger: silent,
  ...(how in sources ? { dataSystem: { dataSource: sources[how] } } : {}),
});
const answers = {
  ready: async () => { await client.waitForInitialization({ timeout: 10 }); return client.initialized(); },
  evaluate: async ({ flag, context }) => client.variationDetail(flag, context, null),
  all: async ({ context }) => (await client.allFlagsState(context)).toJSON(),
  track: async ({ name, context }) => { client.track(name, context); await client.flush(); return true; },
  close: async () => { client.close(); return true; },
};
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[ask](given))}\n`);
  if (ask === 'close') break;
}
