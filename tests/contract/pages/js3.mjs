// A page with version 3 of the SDK for browsers.
import { initialize } from 'launchdarkly-js-client-sdk';
import { show } from './page.mjs';

show(({ id, context, hash, urls: { base, stream, events }, ...rest }) => {
  const options = { baseUrl: base, streamUrl: stream, eventsUrl: events, streamReconnectDelay: 50, hash, ...rest };
  const client = initialize(id, context, options);
  const ready = () => client.waitForInitialization(10).then(() => 'ready', (error) => error.message);
  return { client, ready, identify: (asked) => client.identify(asked.context, asked.hash ?? null) };
});
