// Counts over time as areas upon each other, each with its label at the right; a crosshair reads them, markers lead elsewhere.
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { gridLines, stackAreas, type Vertex } from '../../format/chart';
import { compact, count } from '../../format/number';
import { timeTicks } from '../../format/timeAxis';
import { sharePercent } from '../../format/traffic';
import { Areas } from './Areas';
import { EarlierLine } from './EarlierLine';
import { EndLabels } from './EndLabels';
import { Markers, type Marker } from './Markers';
import type { Field } from './Plot';
import { Readable } from './Readable';
import type { Told } from './Reading';
import classes from './chart.module.css';

const HEIGHT = 280;
const [ABOVE, AFTER] = [32, 148]; // pixels for markers, for labels
const NARROW = '(max-width: 47.99em)';

/** What is counted: the first one lies lowest. */
export interface Layer {
  key: string;
  label: string;
  color: string;
  mark?: ReactNode;
  series: readonly number[];
}

export interface Earlier {
  label: string;
  series: readonly (number | undefined)[];
}

export interface StackedAreasProps {
  label: string;
  /** Milliseconds; point n begins at `begin + n * step`. */
  begin: number;
  step: number;
  points: number;
  layers: readonly Layer[];
  /** Points of which nothing is known. */
  gaps: readonly number[];
  markers: readonly Marker[];
  /** The sum of each point at another time, to be compared with; undefined where nothing is known. */
  earlier?: Earlier | undefined;
  /** When a point was, in words. */
  period: (at: number) => string;
  /** What is said of a point of which nothing is known. */
  silence: string;
  total: string;
}

export function StackedAreas(props: StackedAreasProps) {
  const { begin, step, points, layers, gaps, markers, earlier } = props;
  const isNarrow = useMediaQuery(NARROW);
  const sums = Array.from({ length: points }, (_, at) => layers.reduce((sum, { series }) => sum + (series[at] ?? 0), 0));
  const areas = stackAreas(layers.map(({ series }) => [...series]), points, gaps);
  const ticks = timeTicks(begin, begin + points * step, isNarrow ? 4 : 8).map(({ at, label }) => ({ at: (at - begin) / step, label }));
  const after = isNarrow ? 8 : AFTER;
  return (
    <figure className={classes.figure}>
      <Readable
        label={props.label}
        points={points}
        placeOf={(at) => at + 0.5}
        pointAt={Math.floor}
        told={(at) => tell(props, sums[at] ?? 0, at)}
        height={HEIGHT}
        range={[0, points]}
        lines={gridLines(Math.max(...sums, ...(earlier?.series.map((one) => one ?? 0) ?? []))).map((at) => ({ at, label: compact(at) }))}
        ticks={ticks}
        above={ABOVE}
        after={after}
        over={(field) => !isNarrow && <EndLabels field={field} ends={[...endsOf(field, layers, areas), ...endOf(field, earlier)]} />}
      >
        {(field) => (
          <>
            <Areas field={field} layers={layers} areas={areas} />
            {earlier && <EarlierLine field={field} series={earlier.series} />}
            {markers.map((marker) => (
              <line key={marker.key} className={classes.marker} x1={field.x(marker.at)} x2={field.x(marker.at)} y1={24} y2={field.bottom} />
            ))}
          </>
        )}
      </Readable>
      <Markers markers={markers} points={points} before={46} after={after} />
      {isNarrow && <Legend layers={layers} earlier={earlier} />}
    </figure>
  );
}

/** What a point says: the areas from the top, then their sum. */
function tell({ period, layers, gaps, silence, total, earlier }: StackedAreasProps, all: number, at: number): Told {
  const title = period(at);
  const before = earlier?.series[at];
  const compared = earlier && before !== undefined ? [{ key: 'earlier', label: earlier.label, value: count(before) }] : [];
  if (gaps.includes(at)) return { title, rows: compared, silence };
  const rows = [...layers].reverse().map(({ key, label, mark, series }) => {
    const counted = series[at] ?? 0;
    return { key, label, mark, value: count(counted), ...(all > 0 && { share: sharePercent(counted / all) }) };
  });
  return { title, rows: [...rows, { key: 'total', label: total, value: count(all) }, ...compared] };
}

/** Where each area ends, with its name and its share of all. */
function endsOf(field: Field, layers: readonly Layer[], areas: Vertex[][][]) {
  return layers.map((layer, place) => {
    const end = areas[place]?.at(-1)?.at(-1);
    const y = end === undefined ? field.bottom : (field.y(end.low) + field.y(end.high)) / 2;
    return { key: layer.key, y, title: layer.label, label: <Name layer={layer} layers={layers} /> };
  });
}

/** Where the line of the other time ends. */
function endOf(field: Field, earlier: Earlier | undefined) {
  const last = earlier?.series.findLast((one) => one !== undefined);
  if (earlier === undefined || last === undefined) return [];
  return [{ key: 'earlier', y: field.y(last), title: earlier.label, label: <span className={classes.name}>{earlier.label}</span> }];
}

function Legend({ layers, earlier }: Pick<StackedAreasProps, 'layers' | 'earlier'>) {
  return (
    <ul className={classes.legend}>
      {layers.map((layer) => (
        <li key={layer.key}>
          <Name layer={layer} layers={layers} />
        </li>
      ))}
      {earlier && <li>- - {earlier.label}</li>}
    </ul>
  );
}

const sum = (series: readonly number[]) => series.reduce((before, one) => before + one, 0);

function Name({ layer, layers }: { layer: Layer; layers: readonly Layer[] }) {
  const all = layers.reduce((before, { series }) => before + sum(series), 0);
  return (
    <>
      {layer.mark}
      <span className={classes.name} dir="auto">
        {layer.label}
      </span>
      <span className={classes.share}>{all > 0 && sharePercent(sum(layer.series) / all)}</span>
    </>
  );
}
