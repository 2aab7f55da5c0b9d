// What is said where a secret is made anew.

export const secretWords = {
  oldSecret: 'The old secret works',
  overlaps: { '0': 'no longer', '3600000': 'for an hour', '86400000': 'for a day', '604800000': 'for a week' },
};
