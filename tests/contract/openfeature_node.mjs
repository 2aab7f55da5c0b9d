// Runs OpenFeature for Node with the official provider and speaks JSON lines: one line in is one request.
import { createInterface } from 'node:readline';
import { LaunchDarklyProvider } from '@launchdarkly/openfeature-node-server';
import { OpenFeature } from '@openfeature/server-sdk';

const [, , url, key] = process.argv;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const options = { baseUri: url, streamUri: url, eventsUri: url, streamInitialReconnectDelay: 0.05, logger: silent };
await OpenFeature.setProviderAndWait(new LaunchDarklyProvider(key, options));
const client = OpenFeature.getClient();
const answers = {
  ready: async () => client.providerStatus === 'READY',
  evaluate: ({ flag, context }) => client.getBooleanDetails(flag, false, { targetingKey: context.key }),
  track: async ({ name, context }) => { client.track(name, { targetingKey: context.key }); return true; },
  close: async () => { await OpenFeature.close(); return true; },
};
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[ask](given))}\n`);
  if (ask === 'close') break;
}
