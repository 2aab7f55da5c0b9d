// The ground of a chart: lines of the grid with their numbers, ticks below, and the scale for what is drawn on it.
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './chart.module.css';

const [BEFORE, BELOW] = [46, 22]; // pixels for the numbers at the left, for the ticks
const BARE = { above: 0, after: 0, before: 0, below: 0 };

/** The field in pixels, and where a value lies in it. */
export interface Field {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
  x: (value: number) => number;
  y: (value: number) => number;
  /** What lies at a distance from the left edge of the chart. */
  valueAt: (pixels: number) => number;
}

export interface PlotProps {
  height: number;
  /** From the left to the right edge of the field. */
  range: readonly [number, number];
  /** Horizontal lines, the lowest first; the first is the ground and the last the top. */
  lines: readonly { at: number; label: string }[];
  ticks: readonly { at: number; label: string }[];
  /** Room above the field and at its right, for labels. */
  above?: number;
  after?: number;
  /** Only what is drawn on it, from edge to edge: without lines, numbers and ticks. */
  isBare?: boolean;
  children: (field: Field) => ReactNode;
  /** What stands over the drawing, in the same field. */
  over?: (field: Field) => ReactNode;
}

export function Plot({ height, range, lines, ticks, above = 8, after = 8, isBare = false, children, over }: PlotProps) {
  const { ref, width } = useElementSize();
  const field = width > 0 ? fieldOf({ width, height }, range, lines, isBare ? BARE : { above, after, before: BEFORE, below: BELOW }) : undefined;
  const shown = isBare ? [] : lines;
  return (
    <div ref={ref} className={classes.plot} style={{ height }}>
      {field && (
        <svg width={width} height={height} aria-hidden>
          {shown.map(({ at, label }) => (
            <g key={at}>
              <line className={classes.grid} x1={field.left} x2={field.right} y1={field.y(at)} y2={field.y(at)} />
              <text className={classes.tick} x={field.left - 8} y={field.y(at)} dy="0.32em" textAnchor="end">
                {label}
              </text>
            </g>
          ))}
          {ticks.map(({ at, label }) => (
            <text key={at} className={classes.tick} x={field.x(at)} y={field.bottom + 16} textAnchor={anchorOf(field, at)}>
              {label}
            </text>
          ))}
          {children(field)}
        </svg>
      )}
      {field && over?.(field)}
    </div>
  );
}

function fieldOf(
  { width, height }: { width: number; height: number },
  [from, to]: PlotProps['range'],
  lines: PlotProps['lines'],
  { above, after, before, below }: typeof BARE,
): Field {
  const [left, right, top, bottom] = [before, Math.max(before + 1, width - after), above, height - below];
  const [low, high] = [lines[0]?.at ?? 0, lines.at(-1)?.at ?? 1];
  const x = (value: number) => left + ((value - from) / (to - from)) * (right - left);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const valueAt = (pixels: number) => from + ((pixels - left) / (right - left)) * (to - from);
  return { left, right, top, bottom, width, x, y, valueAt };
}

/** Words of a tick stay within the chart. */
function anchorOf({ left, right, x }: Field, at: number): 'start' | 'middle' | 'end' {
  if (x(at) - left < 16) return 'start';
  return right - x(at) < 16 ? 'end' : 'middle';
}
