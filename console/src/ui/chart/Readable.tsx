// A chart that is read point by point: a crosshair, which the mouse or the arrow keys move, and a box with what the point says.
import type { ReactNode } from 'react';
import { Plot, type Field, type PlotProps } from './Plot';
import { Reading, spoken, type Told } from './Reading';
import { useCrosshair } from './useCrosshair';
import classes from './chart.module.css';

export interface ReadableProps extends PlotProps {
  /** What the chart shows, for those who hear it. */
  label: string;
  /** How many points can be read, from the left to the right. */
  points: number;
  /** Where a point lies on the axis, and which point lies at a place on it. */
  placeOf: (at: number) => number;
  pointAt: (place: number) => number;
  told: (at: number) => Told;
}

export function Readable({ label, points, placeOf, pointAt, told, children, over, ...plot }: ReadableProps) {
  const crosshair = useCrosshair(points);
  const { at } = crosshair;
  const read = at ?? points - 1;
  const line = (field: Field, x: number) => <line className={classes.crosshair} x1={x} x2={x} y1={field.top} y2={field.bottom} />;
  const isShown = (field: Field, then: (at: number, x: number) => ReactNode) => at !== undefined && then(at, field.x(placeOf(at)));
  return (
    <div
      className={classes.focus}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={points}
      aria-valuenow={read + 1}
      aria-valuetext={spoken(told(read))}
      {...crosshair.keys}
    >
      <Plot
        {...plot}
        over={(field) => (
          <div className={classes.over} {...crosshair.pointer(field, pointAt)}>
            {over?.(field)}
            {isShown(field, (one, x) => (
              <Reading field={field} x={x} told={told(one)} />
            ))}
          </div>
        )}
      >
        {(field) => (
          <>
            {children(field)}
            {isShown(field, (_, x) => line(field, x))}
          </>
        )}
      </Plot>
    </div>
  );
}
