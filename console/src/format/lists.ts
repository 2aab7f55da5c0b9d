// Two states of a list, and what has come and gone between them.

export interface Difference {
  added: string[];
  removed: string[];
}

export const differenceOf = (before: readonly string[], after: readonly string[]): Difference => ({
  added: after.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !after.includes(one)),
});

export const isSame = (before: readonly string[], after: readonly string[]): boolean => {
  const { added, removed } = differenceOf(before, after);
  return added.length + removed.length === 0;
};
