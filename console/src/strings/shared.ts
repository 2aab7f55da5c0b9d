// What is said in many places.

export const words = {
  product: 'Flagstaff',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  tryAgain: 'Try again',
  undo: 'Undo',
  optional: 'optional',
  on: 'On',
  off: 'Off',
  loading: 'Loading',
  slow: 'Still loading, the server is slow',
  unreachable: 'The server could not be reached.',
  serverDefect: 'The server made a mistake, and has written it into its log.',
  defect: 'This page made a mistake. Reload it; what you typed is kept.',
  tooMany: (seconds: number) =>
    seconds > 0 ? `Too many calls. Try again in ${seconds} seconds.` : 'Too many calls. Try again in a while.',
  couldNotLoad: (what: string) => `Could not load ${what}`,
  requestId: (id: string) => `request ${id}`,
  copyThing: (what: string) => `Copy ${what}`,
  secretOnce: 'Copy it now. Flagstaff keeps only a fingerprint.',
  secretCopied: 'I have copied it',
  rows: (rows: string) => `${rows} rows`,
  restored: (when: string) => `Restored what you typed ${when}.`,
  discard: 'Discard',
};
