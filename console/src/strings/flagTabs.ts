// The names of the tabs of a flag.

export const flagTabWords = {
  tabs: 'Parts of the flag',
  targeting: 'Targeting',
  variations: 'Variations',
  environments: 'Environments',
  settings: 'Settings',
  tryContext: 'Try a context',
  evaluations: 'Evaluations',
  history: 'History',
};
