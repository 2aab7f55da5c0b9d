// What is said at charts.

export const chartWords = {
  fromTo: (first: string, last: string) => `${first}–${last.replace(/^v/, '')}`,
};
