// What a flag served, from counts by variation and hour.

export interface Counted {
  /** By its place in the list; null for the value in the program's own code. */
  variation: number | null;
  count: number;
  series: number[];
}

export interface Served {
  variation: number | null;
  /** From 0 to 1. */
  share: number;
}

/** The shares by variation, in the order of the variations, without those that were not served. */
export function servedShares(variations: Counted[]): Served[] {
  const total = variations.reduce((sum, { count }) => sum + count, 0);
  return variations
    .filter(({ count }) => count > 0)
    .map(({ variation, count }) => ({ variation, share: count / total }));
}

/** The largest first, and how many more there are. */
export function largestShares(shares: Served[], most: number): { shown: Served[]; more: number } {
  const shown = [...shares].sort((a, b) => b.share - a.share).slice(0, most);
  return { shown, more: shares.length - shown.length };
}

/** `38%`, `0.4%`; 0% and 100% for nothing and all, never for what is only nearly so. */
export function sharePercent(share: number): string {
  const percent = share * 100;
  if (share === 0 || share === 1) return `${percent}%`;
  if (percent < 0.1) return '<0.1%';
  if (percent > 99.9) return '>99.9%';
  return `${percent < 10 || percent > 90 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
}
