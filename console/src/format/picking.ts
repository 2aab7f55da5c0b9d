// Which rows are picked when a range is drawn along a list.

export interface PickStep {
  from: number;
  to: number;
  isPicked: boolean;
}

/** The range from `anchor` that ended at `from` is drawn on to `to`: it grows, or lets go of what it leaves. */
export function drawRange(anchor: number, from: number, to: number): PickStep {
  const isShrinking = Math.abs(to - anchor) < Math.abs(from - anchor);
  if (isShrinking) return { from, to: from, isPicked: false };
  return { from: Math.min(from, to), to: Math.max(from, to), isPicked: true };
}
