// A line of the size of a word. The mouse reads it point by point; those who hear it are told the whole.
import { Tooltip } from '@mantine/core';
import { useRef, useState, type PointerEvent } from 'react';
import { nearest, sparkPath } from '../../format/spark';
import classes from './chart.module.css';

const [WIDTH, HEIGHT] = [64, 16];

export interface SparkProps {
  series: number[];
  /** What all of it says. */
  label: string;
  told: (at: number) => string;
}

export function Spark({ series, label, told }: SparkProps) {
  const [at, choose] = useState<number>();
  const line = useRef<HTMLSpanElement>(null);
  const most = Math.max(...series, 1);
  const read = ({ clientX, currentTarget }: PointerEvent) =>
    choose(nearest(series, clientX - currentTarget.getBoundingClientRect().left, WIDTH));
  return (
    <>
      <span ref={line} role="img" aria-label={label} className={classes.spark} onPointerMove={read} onPointerLeave={() => choose(undefined)}>
        <svg width={WIDTH} height={HEIGHT} viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`} aria-hidden>
          <path d={sparkPath(series, WIDTH, HEIGHT)} fill="none" stroke="var(--fs-strong)" strokeWidth="1.4" strokeLinejoin="round" />
          {at !== undefined && (
            <circle cx={(at * WIDTH) / Math.max(1, series.length - 1)} cy={HEIGHT - ((series[at] ?? 0) / most) * HEIGHT} r="2.4" className={classes.read} />
          )}
        </svg>
      </span>
      {at !== undefined && <Tooltip target={line} label={told(at)} opened />}
    </>
  );
}
