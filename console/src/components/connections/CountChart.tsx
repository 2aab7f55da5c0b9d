// How many streams and polling clients there were in the last hours, each with a line of its own.
import { useQuery } from '@tanstack/react-query';
import { LinePath } from '@visx/shape';
import { connectionHistoryQuery, type Count } from '../../api/connections';
import { gridLines } from '../../format/chart';
import { countTicks, extremesOf, stretchesOf } from '../../format/counts';
import { compact, count } from '../../format/number';
import { clock } from '../../format/timeAxis';
import { connectionWords as words } from '../../strings/connections';
import { Plot } from '../../ui/chart/Plot';
import { usePlace } from '../place';
import classes from './connections.module.css';

const HEIGHT = 132;
const KINDS = ['polling', 'streams'] as const; // streams lie over the others

export function CountChart() {
  const { project, environment } = usePlace();
  const counts = useQuery(connectionHistoryQuery(project.key, environment.key)).data?.counts ?? [];
  const [first, last] = [counts[0], counts.at(-1)];
  const told = KINDS.map((kind) => tell(counts, kind)).filter((text) => text !== '');
  if (first === undefined || last === undefined || first === last || told.length === 0) return null;
  const most = Math.max(...counts.map((one) => Math.max(one.streams, one.polling)));
  return (
    <>
      <Plot
        height={HEIGHT}
        range={[first.at, Math.max(last.at, first.at + 1)]}
        lines={gridLines(most, 3).map((at) => ({ at, label: compact(at) }))}
        ticks={countTicks({ at: first.at, label: clock(first.at) }, { at: last.at, label: words.now })}
        after={12}
      >
        {(field) =>
          KINDS.flatMap((kind) =>
            stretchesOf(counts).map((stretch) => (
              <LinePath<Count>
                key={`${kind} ${stretch[0]?.at}`}
                data={stretch}
                x={(one) => field.x(one.at)}
                y={(one) => field.y(one[kind])}
                className={classes[kind] ?? ''}
              />
            )),
          )
        }
      </Plot>
      <p>{[...told.reverse(), words.counted].join(' ')}</p>
    </>
  );
}

/** What the line says, in words; empty for a kind of which there was none. */
function tell(counts: readonly Count[], kind: (typeof KINDS)[number]): string {
  const found = extremesOf(counts, kind);
  if (found === undefined) return '';
  const { fewest, most } = found;
  return words.extremes(words[kind], [count(fewest[kind]), clock(fewest.at)], [count(most[kind]), clock(most.at)]);
}
