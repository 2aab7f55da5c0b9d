// How the last change came to the streams: the share that had it over time, and what is usual.
import { Area, LinePath } from '@visx/shape';
import type { Connections } from '../../api/connections';
import { curveOf, pointBy, readable, shareBy, type Arrived } from '../../format/arrivals';
import { gridLines } from '../../format/chart';
import type { Tabular } from '../../format/tabular';
import { sharePercent } from '../../format/traffic';
import { connectionWords as words } from '../../strings/connections';
import type { Field } from '../../ui/chart/Plot';
import { Readable } from '../../ui/chart/Readable';
import type { Told } from '../../ui/chart/Reading';
import classes from './connections.module.css';

const HEIGHT = 190;
const LINES = [0, 0.5, 0.95, 1].map((at) => ({ at, label: at === 1 ? '' : `${at * 100}%` }));
const ROOM = 130; // pixels that the words beside a point need

export interface ArrivalCurveProps {
  last: Connections['changes'][number];
  /** The arrivals of changes before it; undefined where there are too few. */
  usual: number[] | undefined;
}

/** The same as a table: within how many milliseconds each part of the streams had it. */
export function arrivalTable({ last: { arrivals }, usual }: ArrivalCurveProps): Tabular {
  const parts = arrivals.map((ms, part) => ({ ms, share: sharePercent((part + 1) / arrivals.length), before: usual?.[part] }));
  return {
    by: words.share,
    names: usual ? [words.thisChangeMs, words.usualMs] : [words.thisChangeMs],
    lines: parts.map(({ ms, share, before }) => ({ name: share, nameInFile: share, cells: before === undefined ? [ms] : [ms, before] })),
  };
}

export function ArrivalCurve({ last, usual }: ArrivalCurveProps) {
  if (last.arrivals.length === 0) return null;
  const curve = curveOf(last.arrivals);
  const before = usual && curveOf(usual);
  const points = readable(curve);
  const ticks = gridLines(Math.max(last.lag.max, usual?.at(-1) ?? 0) + 1, 6);
  const end = ticks.at(-1) ?? 1;
  const { p50, p95, max } = last.lag;
  return (
    <Readable
      label={words.arrivals}
      points={points.length}
      placeOf={(at) => points[at]?.ms ?? 0}
      pointAt={(ms) => pointBy(points, ms)}
      told={(at) => tell(points[at], before)}
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
            data={[...curve, { ms: end, share: 1 }]}
            x={({ ms }) => field.x(ms)}
            y0={field.bottom}
            y1={({ share }) => field.y(share)}
            className={classes.arrived}
          />
          <Curve field={field} points={[...curve, { ms: end, share: 1 }]} className={classes.curve} />
          {before && <Curve field={field} points={before} className={classes.usual} />}
          <Point field={field} ms={p50} share={0.5} text={words.half(p50)} down={4} />
          <Point field={field} ms={p95} share={0.95} text={words.nearly(p95)} down={16} isUnder />
          <Point field={field} ms={max} share={1} text={words.lastOne(max)} down={-10} />
        </>
      )}
    </Readable>
  );
}

function tell({ ms, share }: Arrived = { ms: 0, share: 0 }, before: readonly Arrived[] | undefined): Told {
  const rows = [{ key: 'this', label: words.thisChange, value: sharePercent(share) }];
  const usual = before && [{ key: 'usual', label: words.usual, value: sharePercent(shareBy(before, ms)) }];
  return { title: words.ms(ms), rows: [...rows, ...(usual ?? [])] };
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
