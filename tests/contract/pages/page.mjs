// What a test can ask of a page, whichever SDK is on it.
export function show(open) {
  window.open_ = async (given) => {
    const { client, ready, identify, evaluate } = await open(given);
    const changes = [];
    client.on('change', (change) => changes.push(change));
    window.answers = {
      ready,
      evaluate: evaluate ?? (({ flag }) => client.variationDetail(flag, null)),
      all: () => client.allFlags(),
      identify: async (asked) => { await identify(asked); return client.getContext(); },
      changes: () => changes.length,
      track: async ({ name }) => { client.track(name, { size: 1 }); await client.flush(); return true; },
      flush: async () => { await client.flush(); return true; },
      click: async ({ id }) => { document.getElementById(id).click(); return true; },
      close: async () => { await client.close(); return true; },
    };
  };
}
