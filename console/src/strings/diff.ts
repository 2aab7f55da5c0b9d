// What is said in comparisons of JSON documents.

export const diffWords = {
  same: (count: number) => (count === 1 ? '1 line is the same' : `${count} lines are the same`),
  added: 'added:',
  removed: 'removed:',
};
