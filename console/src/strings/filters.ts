// What is said in the filters of lists.

export const filterWords = {
  any: 'Any',
  chosen: (what: string, name: string) => `${what}: ${name}`,
  find: (what: string) => `Find: ${what.toLowerCase()}`,
  apply: 'Apply',
  nothingFound: 'Nothing like this',
  sortedBy: 'Sort by',
  sorted: (count: string) => `${count}, sorted by`,
  clear: 'Clear filters',
  clearOne: 'Clear filter',
};
