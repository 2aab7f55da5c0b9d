// Areas upon each other where there is no room for numbers: what the crosshair reads is said beside them.
import { stackAreas } from '../../format/chart';
import { Areas } from './Areas';
import { Plot } from './Plot';
import { PointSlider, type PointSliderProps } from './PointSlider';
import type { Layer } from './StackedAreas';
import classes from './chart.module.css';

const HEIGHT = 72;

export interface SmallAreasProps extends Omit<PointSliderProps, 'children'> {
  layers: readonly Layer[];
  gaps: readonly number[];
}

export function SmallAreas({ label, points, layers, gaps, crosshair, told }: SmallAreasProps) {
  const { at } = crosshair;
  const areas = stackAreas(layers.map(({ series }) => [...series]), points, gaps);
  const most = Math.max(...(areas.at(-1) ?? []).flat().map(({ high }) => high), 1);
  return (
    <PointSlider label={label} points={points} crosshair={crosshair} told={told}>
      <Plot
        isBare
        height={HEIGHT}
        range={[0, points]}
        lines={[0, most].map((line) => ({ at: line, label: '' }))}
        ticks={[]}
        over={(field) => <div className={classes.over} {...crosshair.pointer(field, Math.floor)} />}
      >
        {(field) => (
          <>
            <Areas field={field} layers={layers} areas={areas} />
            {at !== undefined && <line className={classes.crosshair} x1={field.x(at + 0.5)} x2={field.x(at + 0.5)} y1={field.top} y2={field.bottom} />}
          </>
        )}
      </Plot>
    </PointSlider>
  );
}
