// OpenFeature for Node with the official provider. It has one provider for the whole program.
import { LaunchDarklyProvider } from '@launchdarkly/openfeature-node-server';
import { OpenFeature } from '@openfeature/server-sdk';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

export async function openProvider({ url, key }) {
  const options = { baseUri: url, streamUri: url, eventsUri: url, streamInitialReconnectDelay: 0.05, logger: silent };
  await OpenFeature.setProviderAndWait(new LaunchDarklyProvider(key, options));
  const client = OpenFeature.getClient();
  return {
    ready: async () => client.providerStatus === 'READY',
    evaluate: async ({ flag, context }) => client.getBooleanDetails(flag, false, { targetingKey: context.key }),
    track: async ({ name, context }) => { client.track(name, { targetingKey: context.key }); return true; },
    close: async () => { await OpenFeature.close(); return true; },
  };
}
