// What is said beside the steps of a flag: how its newest version was delivered, and who changed it of late.

export const railWords = {
  facts: 'What is known of this flag',
  delivered: 'Delivered',
  version: (version: number) => `v${version}`,
  allStreams: (count: number, streams: string) =>
    count === 1 ? 'The one open stream holds the newest version' : `All ${streams} hold the newest version`,
  someStreams: (current: string, streams: string) => `${current} of ${streams} hold the newest version`,
  lastAfter: (ms: number) => `, the last after ${ms} ms`,
  polling: (current: string, clients: string) => `Of the clients that poll, ${current} of ${clients} have fetched it.`,
  noOne: 'No SDK is connected.',
  recent: 'Recent changes',
  noChanges: 'Nobody has changed it so far.',
  wasRefused: 'was refused:',
};
