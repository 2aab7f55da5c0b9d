// How the last change came to the streams: the share that had it over time, and what is usual.
import { Area, LinePath } from '@visx/shape';
import type { Connections } from '../../api/connections';
import { curveOf, type Arrived } from '../../format/arrivals';
import { gridLines } from '../../format/chart';
import { connectionWords as words } from '../../strings/connections';
import { Plot, type Field } from '../../ui/chart/Plot';
import classes from './connections.module.css';

const HEIGHT = 190;
const LINES = [0, 0.5, 0.95, 1].map((at) => ({ at, label: at === 1 ? '' : `${at * 100}%` }));
const ROOM = 130; // pixels that the words beside a point need

export interface ArrivalCurveProps {
  last: Connections['changes'][number];
  /** The arrivals of changes before it; undefined where there are too few. */
  usual: number[] | undefined;
}

export function ArrivalCurve({ last, usual }: ArrivalCurveProps) {
  if (last.arrivals.length === 0) return null;
  const ticks = gridLines(Math.max(last.lag.max, usual?.at(-1) ?? 0) + 1, 6);
  const end = ticks.at(-1) ?? 1;
  const { p50, p95, max } = last.lag;
  return (
    <Plot
      height={HEIGHT}
      range={[0, end]}
      lines={LINES}
      ticks={ticks.map((at) => ({ at, label: at === end ? words.ms(at) : String(at) }))}
      above={24}
      after={24}
    >
      {(field) => (
        <>
          <Area<Arrived>
            data={[...curveOf(last.arrivals), { ms: end, share: 1 }]}
            x={({ ms }) => field.x(ms)}
            y0={field.bottom}
            y1={({ share }) => field.y(share)}
            className={classes.arrived}
          />
          <Curve field={field} points={[...curveOf(last.arrivals), { ms: end, share: 1 }]} className={classes.curve} />
          {usual && <Curve field={field} points={curveOf(usual)} className={classes.usual} />}
          <Point field={field} ms={p50} share={0.5} text={words.half(p50)} down={4} />
          <Point field={field} ms={p95} share={0.95} text={words.nearly(p95)} down={16} isUnder />
          <Point field={field} ms={max} share={1} text={words.lastOne(max)} down={-10} />
        </>
      )}
    </Plot>
  );
}

function Curve({ field, points, className }: { field: Field; points: Arrived[]; className: string | undefined }) {
  return <LinePath<Arrived> data={points} x={({ ms }) => field.x(ms)} y={({ share }) => field.y(share)} className={className ?? ''} />;
}

interface PointProps {
  field: Field;
  ms: number;
  share: number;
  text: string;
  /** Pixels by which the words stand lower than the point. */
  down: number;
  /** Whether they stand in the area, which lies to the right of the point. */
  isUnder?: boolean;
}

/** A point of the curve with its words, which stand where there is room for them. */
function Point({ field, ms, share, text, down, isUnder = false }: PointProps) {
  const [x, y] = [field.x(ms), field.y(share)];
  const isRight = isUnder ? field.right - x > ROOM : x - field.left < ROOM;
  return (
    <>
      <circle className={classes.point} cx={x} cy={y} r={3.5} />
      <text className={classes.said} x={isRight ? x + 9 : x - 9} y={y + down} textAnchor={isRight ? 'start' : 'end'}>
        {text}
      </text>
    </>
  );
}
