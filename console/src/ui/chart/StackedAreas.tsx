// Counts over time as areas upon each other, each with its label at the right; a crosshair reads them, markers lead elsewhere.
import { useMediaQuery } from '@mantine/hooks';
import { Area } from '@visx/shape';
import type { ReactNode } from 'react';
import { gridLines, spreadLabels, stackAreas, type Vertex } from '../../format/chart';
import { compact, count } from '../../format/number';
import { timeTicks } from '../../format/timeAxis';
import { sharePercent } from '../../format/traffic';
import { Markers, type Marker } from './Markers';
import { Plot, type Field } from './Plot';
import { Reading } from './Reading';
import { useCrosshair } from './useCrosshair';
import classes from './chart.module.css';

const HEIGHT = 280;
const [ABOVE, AFTER] = [32, 148]; // pixels for markers, for labels
const LINE = 20; // pixels from one label to the next
const NARROW = '(max-width: 47.99em)';

/** What is counted: the first one lies lowest. */
export interface Layer {
  key: string;
  label: string;
  color: string;
  mark?: ReactNode;
  series: readonly number[];
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
  /** When a point was, in words. */
  period: (at: number) => string;
  /** What is said of a point of which nothing is known. */
  silence: string;
  total: string;
}

export function StackedAreas(props: StackedAreasProps) {
  const { begin, step, points, layers, gaps } = props;
  const isNarrow = useMediaQuery(NARROW);
  const crosshair = useCrosshair(points);
  const sums = Array.from({ length: points }, (_, at) => layers.reduce((sum, { series }) => sum + (series[at] ?? 0), 0));
  const lines = gridLines(Math.max(...sums)).map((at) => ({ at, label: compact(at) }));
  const areas = stackAreas(layers.map(({ series }) => [...series]), points, gaps);
  const ticks = timeTicks(begin, begin + points * step, isNarrow ? 4 : 8).map(({ at, label }) => ({ at: (at - begin) / step, label }));
  const { at } = crosshair;
  const read = (one: number) => readingOf(props, sums, one);
  return (
    <figure className={classes.figure}>
      <div
        className={classes.focus}
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={points}
        aria-valuenow={(at ?? points - 1) + 1}
        aria-valuetext={read(at ?? points - 1).join(', ')}
        {...crosshair.keys}
      >
        <Plot
          height={HEIGHT}
          range={[0, points]}
          lines={lines}
          ticks={ticks}
          above={ABOVE}
          after={isNarrow ? 8 : AFTER}
          over={(field) => (
            <div className={classes.over} {...crosshair.pointer(field, Math.floor)}>
              {!isNarrow && <EndLabels field={field} layers={layers} areas={areas} />}
              {at !== undefined && <Reading field={field} x={field.x(at + 0.5)} layers={layers} at={at} total={sums[at] ?? 0} isSilent={gaps.includes(at)} words={props} />}
            </div>
          )}
        >
          {(field) => (
            <>
              {layers.map(({ key, color }, place) =>
                areas[place]?.map((piece, one) => <Piece key={`${key} ${one}`} field={field} piece={piece} color={color} />),
              )}
              {at !== undefined && (
                <line className={classes.crosshair} x1={field.x(at + 0.5)} x2={field.x(at + 0.5)} y1={field.top} y2={field.bottom} />
              )}
              {props.markers.map((marker) => (
                <line key={marker.key} className={classes.marker} x1={field.x(marker.at)} x2={field.x(marker.at)} y1={24} y2={field.bottom} />
              ))}
            </>
          )}
        </Plot>
      </div>
      <Markers markers={props.markers} points={points} before={46} after={isNarrow ? 8 : AFTER} />
      {isNarrow && <Legend layers={layers} />}
    </figure>
  );
}

function Piece({ field, piece, color }: { field: Field; piece: Vertex[]; color: string }) {
  return (
    <Area<Vertex>
      data={piece}
      x={({ at }) => field.x(at)}
      y0={({ low }) => field.y(low)}
      y1={({ high }) => field.y(high)}
      fill={color}
      className={classes.area}
    />
  );
}

/** What a point says, for those who hear it. */
function readingOf({ period, layers, gaps, silence, total }: StackedAreasProps, sums: number[], at: number): string[] {
  if (gaps.includes(at)) return [period(at), silence];
  return [period(at), ...layers.map(({ label, series }) => `${label} ${count(series[at] ?? 0)}`), `${total} ${count(sums[at] ?? 0)}`];
}

interface EndLabelsProps {
  field: Field;
  layers: readonly Layer[];
  areas: Vertex[][][];
}

/** Beside the end of each area its name and its share of all. */
function EndLabels({ field, layers, areas }: EndLabelsProps) {
  const middles = areas.map((pieces) => {
    const end = pieces.at(-1)?.at(-1);
    return end === undefined ? field.bottom : (field.y(end.low) + field.y(end.high)) / 2;
  });
  const places = spreadLabels(middles, LINE, field.top, field.bottom);
  return (
    <ul className={classes.ends} style={{ left: field.right + 8 }}>
      {layers.map((layer, place) => (
        <li key={layer.key} style={{ top: (places[place] ?? 0) - LINE / 2 }} title={layer.label}>
          <Name layer={layer} layers={layers} />
        </li>
      ))}
    </ul>
  );
}

function Legend({ layers }: { layers: readonly Layer[] }) {
  return (
    <ul className={classes.legend}>
      {layers.map((layer) => (
        <li key={layer.key}>
          <Name layer={layer} layers={layers} />
        </li>
      ))}
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
