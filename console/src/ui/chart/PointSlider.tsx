// What makes a chart something that the arrow keys go through, and that says its points to those who hear it.
import type { ReactNode } from 'react';
import { spoken, type Told } from './Reading';
import type { Crosshair } from './useCrosshair';
import classes from './chart.module.css';

export interface PointSliderProps {
  /** What the chart shows. */
  label: string;
  /** How many points can be read, from the left to the right. */
  points: number;
  crosshair: Crosshair;
  told: (at: number) => Told;
  children: ReactNode;
}

export function PointSlider({ label, points, crosshair: { at, keys }, told, children }: PointSliderProps) {
  const read = at ?? points - 1;
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
      {...keys}
    >
      {children}
    </div>
  );
}
