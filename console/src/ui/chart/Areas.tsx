// Areas upon each other, in their pieces between gaps.
import { Area } from '@visx/shape';
import type { Vertex } from '../../format/chart';
import type { Field } from './Plot';
import classes from './chart.module.css';

export interface AreasProps {
  field: Field;
  layers: readonly { key: string; color: string }[];
  /** Of each layer its pieces. */
  areas: readonly Vertex[][][];
}

export const Areas = ({ field, layers, areas }: AreasProps) =>
  layers.flatMap(({ key, color }, place) =>
    (areas[place] ?? []).map((piece, one) => (
      <Area<Vertex>
        key={`${key} ${one}`}
        data={piece}
        x={({ at }) => field.x(at)}
        y0={({ low }) => field.y(low)}
        y1={({ high }) => field.y(high)}
        fill={color}
        className={classes.area}
      />
    )),
  );
