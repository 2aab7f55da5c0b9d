// A page of React: what it serves is read from what it shows.
import { createElement as h, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { asyncWithLDProvider, useFlags, useLDClient } from 'launchdarkly-react-client-sdk';
import { show } from './page.mjs';

function List({ found }) {
  const [flags, client] = [useFlags(), useLDClient()];
  useEffect(() => { if (client) found(client); }, [client]);
  return h('ul', null, Object.entries(flags).map(([key, value]) => h('li', { key, 'data-flag': key }, JSON.stringify(value))));
}

show(async ({ id, context, hash, urls: { base, stream, events }, ...rest }) => {
  const options = { baseUrl: base, streamUrl: stream, eventsUrl: events, streamReconnectDelay: 50, hash, ...rest };
  const reactOptions = { useCamelCaseFlagKeys: false };
  const Provider = await asyncWithLDProvider({ clientSideID: id, context, options, reactOptions, timeout: 10 });
  const root = createRoot(document.body.appendChild(document.createElement('main')));
  const client = await new Promise((found) => { root.render(h(Provider, null, h(List, { found }))); });
  const ready = () => client.waitForInitialization(10).then(() => 'ready', (error) => error.message);
  const shown = (flag) => JSON.parse(document.querySelector(`[data-flag="${flag}"]`)?.textContent ?? 'null');
  const evaluate = async ({ flag }) => {
    const detail = client.variationDetail(flag, null);
    for (let turn = 0; turn < 100 && shown(flag) !== detail.value; turn += 1) await new Promise((go) => { setTimeout(go, 20); });
    return { ...detail, value: shown(flag) };
  };
  return { client, ready, evaluate, identify: (asked) => client.identify(asked.context, asked.hash ?? null) };
});
