// What is said in the list beside a flag.

export const besideWords = {
  list: 'All flags beside this one',
  showAll: 'Show all',
};
