// What is said at charts.

export const chartWords = {
  fromTo: (first: string, last: string) => `${first}–${last.replace(/^v/, '')}`,
  span: 'Time span',
  showTable: 'Show as table',
  showChart: 'Show as chart',
  copyCsv: 'Copy as CSV',
  copied: 'Copied as CSV',
  copyFailed: 'The browser did not let it be copied',
  time: 'Time',
  zone: (zone: string) => `Times are of ${zone}.`,
  lastRuns: 'The last point is still running.',
  stillRunning: 'still running',
  unknown: '–',
  now: 'now',
  most: (count: string, period: string) => `at most ${count}, ${period}`,
  pointOf: (period: string, count: string) => `${period}: ${count}`,
};
