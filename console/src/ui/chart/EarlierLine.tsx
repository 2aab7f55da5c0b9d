// The sums of another time as a dashed line over the areas of this one, in its pieces between gaps.
import { runsOf } from '../../format/chart';
import classes from './chart.module.css';
import type { Field } from './Plot';

export function EarlierLine({ field, series }: { field: Field; series: readonly (number | undefined)[] }) {
  const gaps = series.flatMap((one, at) => (one === undefined ? [at] : []));
  const place = (at: number) => `${field.x(at + 0.5)},${field.y(series[at] ?? 0)}`;
  return runsOf(series.length, gaps).map(([first, last]) => {
    const points = Array.from({ length: last - first + 1 }, (_, at) => place(first + at)).join(' ');
    return (
      <g key={first} className={classes.earlier}>
        <polyline points={points} />
        <polyline points={points} />
      </g>
    );
  });
}
