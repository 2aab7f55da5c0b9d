// A page with version 4 of the SDK for browsers.
import { createClient } from '@launchdarkly/js-client-sdk';
import { show } from './page.mjs';

show(({ id, context, hash, urls: { base, stream, events }, ...rest }) => {
  const options = { baseUri: base, streamUri: stream, eventsUri: events, streamInitialReconnectDelay: 0.05, ...rest };
  const client = createClient(id, context, options);
  const start = client.start({ timeout: 10, identifyOptions: { hash } });
  const ready = async () => { const { status, error } = await start; return status === 'complete' ? 'ready' : `${status}: ${error}`; };
  return { client, ready, identify: (asked) => client.identify(asked.context, { hash: asked.hash }) };
});
