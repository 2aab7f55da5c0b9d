// A chart that is read point by point: a crosshair, which the mouse or the arrow keys move, and a box with what the point says.
import type { ReactNode } from 'react';
import { Plot, type Field, type PlotProps } from './Plot';
import { PointSlider, type PointSliderProps } from './PointSlider';
import { Reading } from './Reading';
import { useCrosshair } from './useCrosshair';
import classes from './chart.module.css';

export interface ReadableProps extends PlotProps, Pick<PointSliderProps, 'label' | 'points' | 'told'> {
  /** Where a point lies on the axis, and which point lies at a place on it. */
  placeOf: (at: number) => number;
  pointAt: (place: number) => number;
}

export function Readable({ label, points, placeOf, pointAt, told, children, over, ...plot }: ReadableProps) {
  const crosshair = useCrosshair(points);
  const { at } = crosshair;
  const line = (field: Field, x: number) => <line className={classes.crosshair} x1={x} x2={x} y1={field.top} y2={field.bottom} />;
  const isShown = (field: Field, then: (at: number, x: number) => ReactNode) => at !== undefined && then(at, field.x(placeOf(at)));
  return (
    <PointSlider label={label} points={points} crosshair={crosshair} told={told}>
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
    </PointSlider>
  );
}
