// What happened at a time, above a chart: short names that lead to it, those near to each other together.
import { Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Link } from 'react-router';
import { groupNear } from '../../format/chart';
import { chartWords as words } from '../../strings/chart';
import classes from './chart.module.css';

const NEAR = 44; // pixels

export interface Marker {
  key: string;
  /** In points from the left edge. */
  at: number;
  /** `v57` */
  label: string;
  /** What happened. */
  title: string;
  to: string;
}

export interface MarkersProps {
  markers: readonly Marker[];
  points: number;
  /** Pixels at the left and right of the field. */
  before: number;
  after: number;
}

export function Markers({ markers, points, before, after }: MarkersProps) {
  const { ref, width } = useElementSize();
  const place = (at: number) => before + (at / points) * (width - before - after);
  const groups = groupNear(markers.map((marker) => ({ ...marker, at: place(marker.at) })), NEAR);
  return (
    <div ref={ref} className={classes.markers}>
      {width > 0 &&
        groups.map((group) => {
          const [first] = group;
          const last = group.at(-1);
          if (first === undefined || last === undefined) return null;
          const label = first === last ? first.label : words.fromTo(first.label, last.label);
          return (
            <Tooltip key={first.key} label={group.map(({ title }) => title).join('\n')} multiline maw={360} className={classes.happened}>
              <Link to={last.to} className={classes.happenedLink} style={{ left: (first.at + last.at) / 2 }} aria-label={`${label}: ${group.map(({ title }) => title).join('; ')}`}>
                {label}
              </Link>
            </Tooltip>
          );
        })}
    </div>
  );
}
