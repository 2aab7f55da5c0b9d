// What is said in comparisons of JSON documents.

export const diffWords = {
  same: (count: number) => (count === 1 ? '1 line is the same' : `${count} lines are the same`),
  noise: (count: number) =>
    `Show versions, times and salts as well (${count === 1 ? '1 line' : `${count} lines`})`,
  added: 'added:',
  removed: 'removed:',
};
