// Where the parts of a chart lie: areas upon each other, lines of the grid, labels beside what they name.

/** A point of an area: its place in steps from the left, its lower and its upper edge in what is counted. */
export interface Vertex {
  at: number;
  low: number;
  high: number;
}

/** The stretches of points between gaps, each from its first to its last. */
export function runsOf(points: number, gaps: readonly number[]): [first: number, last: number][] {
  const silent = new Set(gaps);
  const runs: [number, number][] = [];
  for (let at = 0; at < points; at += 1) {
    if (silent.has(at)) continue;
    const last = runs.at(-1);
    if (last?.[1] === at - 1) last[1] = at;
    else runs.push([at, at]);
  }
  return runs;
}

/**
 * Areas upon each other, the first series lowest: for each series its pieces between gaps.
 * A count stands in the middle of its step; a piece reaches to where its first step begins and its last one ends.
 */
export function stackAreas(series: readonly number[][], points: number, gaps: readonly number[]): Vertex[][][] {
  const runs = runsOf(points, gaps);
  const ground = new Array<number>(points).fill(0);
  return series.map((counts) => {
    const lows = [...ground];
    const edges = (at: number) => ({ low: lows[at] ?? 0, high: (lows[at] ?? 0) + (counts[at] ?? 0) });
    counts.forEach((count, at) => (ground[at] = (ground[at] ?? 0) + count));
    return runs.map(([first, last]) => {
      const middles = Array.from({ length: last - first + 1 }, (_, at) => ({ at: first + at + 0.5, ...edges(first + at) }));
      return [{ at: first, ...edges(first) }, ...middles, { at: last + 1, ...edges(last) }];
    });
  });
}

const ROUND = [1, 2, 2.5, 5, 10];

/** From zero in round steps to what is at least `most`: at most `lines` lines, the ground included. */
export function gridLines(most: number, lines = 4): number[] {
  const raw = Math.max(most, 1) / (lines - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const whole = ROUND.map((round) => round * power).find((step) => step >= raw - 1e-9 && Number.isInteger(step)) ?? 1;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / whole) + 1 }, (_, line) => line * whole);
}

/** Places for labels that want to stand at these, at least `gap` apart and between the ends; in the order given. */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = new Array<number>(wanted.length).fill(top);
  let free = top;
  order.forEach((at) => {
    placed[at] = Math.max(free, wanted[at] ?? 0);
    free = (placed[at] ?? 0) + gap;
  });
  let end = bottom;
  [...order].reverse().forEach((at) => {
    placed[at] = Math.max(top, Math.min(end, placed[at] ?? 0));
    end = (placed[at] ?? 0) - gap;
  });
  return placed;
}

/** What lies nearer to each other than `near`, in one group; from the left to the right. */
export function groupNear<T extends { at: number }>(things: readonly T[], near: number): T[][] {
  const groups: T[][] = [];
  for (const thing of [...things].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && thing.at - last[0].at < near) last.push(thing);
    else groups.push([thing]);
  }
  return groups;
}
