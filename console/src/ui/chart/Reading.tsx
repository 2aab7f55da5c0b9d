// What a point of a chart says, in a box beside the crosshair.
import { count } from '../../format/number';
import { sharePercent } from '../../format/traffic';
import type { Field } from './Plot';
import type { Layer } from './StackedAreas';
import classes from './chart.module.css';

const APART = 12; // pixels from the crosshair

export interface ReadingProps {
  field: Field;
  x: number;
  layers: readonly Layer[];
  at: number;
  total: number;
  isSilent: boolean;
  words: { period: (at: number) => string; silence: string; total: string };
}

export function Reading({ field, x, layers, at, total, isSilent, words }: ReadingProps) {
  const isLeft = x < field.width / 2;
  const place = isLeft ? { left: x + APART } : { right: field.width - x + APART };
  return (
    <div className={classes.reading} style={{ ...place, top: field.top }} aria-hidden>
      <strong>{words.period(at)}</strong>
      {isSilent ? (
        <span>{words.silence}</span>
      ) : (
        <dl>
          {[...layers].reverse().map(({ key, label, mark, series }) => (
            <div key={key}>
              <dt>
                {mark}
                <span dir="auto">{label}</span>
              </dt>
              <dd>{count(series[at] ?? 0)}</dd>
              <dd>{total > 0 && sharePercent((series[at] ?? 0) / total)}</dd>
            </div>
          ))}
          <div>
            <dt>{words.total}</dt>
            <dd>{count(total)}</dd>
            <dd />
          </div>
        </dl>
      )}
    </div>
  );
}
