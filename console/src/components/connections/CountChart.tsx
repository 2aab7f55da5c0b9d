// How many streams and polling clients there were over time, each with a line of its own; as a table, too.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Area, LinePath } from '@visx/shape';
import type { ReactNode } from 'react';
import { connectionHistoryQuery, type ConnectionHistory } from '../../api/connections';
import { gridLines } from '../../format/chart';
import { cellsOf, countTicks, extremesOf, linesOf, rangeOf, readSpan, SPANS, stepsOf, USUAL_SPAN, type Count, type Height, type Kind, type Span } from '../../format/counts';
import { compact, count } from '../../format/number';
import { tabularByTime } from '../../format/tabular';
import { clock, moment, pointOf, zoneName } from '../../format/timeAxis';
import { chartWords } from '../../strings/chart';
import { connectionWords as words } from '../../strings/connections';
import { useAddress } from '../../ui/address';
import { ChartTable } from '../../ui/chart/ChartTable';
import { ChartTools, useTable } from '../../ui/chart/ChartTools';
import { EndLabels } from '../../ui/chart/EndLabels';
import { Readable } from '../../ui/chart/Readable';
import type { Told } from '../../ui/chart/Reading';
import { usePlace } from '../place';
import classes from './connections.module.css';

const HEIGHT = 160;
const LABELS = 62; // pixels for the names at the right
const KINDS: readonly Kind[] = ['polling', 'streams']; // streams lie over the others
const DAY = 24 * 3_600_000;

/** `children` stand between the head and the chart. */
export function CountChart({ children }: { children: ReactNode }) {
  const { project, environment } = usePlace();
  const [search, change] = useAddress();
  const span = readSpan(search);
  const { data: history } = useQuery(connectionHistoryQuery(project.key, environment.key, SPANS[span]));
  const isKnown = history !== undefined && KINDS.some((kind) => extremesOf(history.counts, kind));
  const [isTable, onTable] = useTable('counts');
  const steps = isKnown ? stepsOf(history) : [];
  const names = [words.streams, words.mostOf(words.streams), words.polling, words.mostOf(words.polling)];
  const tabular = isKnown && tabularByTime(history.begin, history.step, names, cellsOf(steps));
  return (
    <section className={classes.card} aria-label={words.openNow}>
      <div className={classes.cardHead}>
        <h2>{words.openNow}</h2>
        {tabular && (
          <div className={classes.tools}>
            <SegmentedControl
              aria-label={chartWords.span}
              size="xs"
              value={span}
              data={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: words.spans[value] }))}
              onChange={(value) => change({ span: value === USUAL_SPAN ? undefined : value }, true)}
            />
            <ChartTools of={tabular} isTable={isTable} onTable={onTable} isSmall />
          </div>
        )}
      </div>
      {children}
      {tabular && (isTable ? <ChartTable label={words.counts} of={tabular} /> : <Lines history={history} steps={steps} />)}
      {isKnown && <p>{notesOf(history)}</p>}
    </section>
  );
}

function Lines({ history, steps }: { history: ConnectionHistory; steps: (Count | undefined)[] }) {
  const { points } = history;
  const shown = KINDS.filter((kind) => extremesOf(history.counts, kind));
  const most = Math.max(...history.counts.flatMap((one) => shown.map((kind) => rangeOf(one, kind)[1])));
  const told = (at: number): Told => tell(steps[at], pointOf(history, at));
  return (
    <Readable
      label={words.counts}
      points={points}
      placeOf={(at) => at + 0.5}
      pointAt={Math.floor}
      told={told}
      height={HEIGHT}
      range={[0, points]}
      lines={gridLines(most, 3).map((at) => ({ at, label: compact(at) }))}
      ticks={countTicks(history)}
      after={LABELS}
      over={(field) => <EndLabels field={field} ends={shown.map((kind) => endOf(kind, steps, (value) => field.y(value)))} />}
    >
      {(field) =>
        shown.flatMap((kind) =>
          linesOf(steps, kind).map((line) => (
            <g key={`${kind} ${line[0]?.place}`}>
              <Area<Height> data={line} x={({ place }) => field.x(place)} y0={({ low }) => field.y(low)} y1={({ high }) => field.y(high)} className={classes.between ?? ''} data-kind={kind} />
              <LinePath<Height> data={line} x={({ place }) => field.x(place)} y={({ low }) => field.y(low)} className={classes[kind] ?? ''} />
            </g>
          )),
        )
      }
    </Readable>
  );
}

/** The name of a line, where it ends. */
function endOf(kind: Kind, steps: readonly (Count | undefined)[], y: (value: number) => number) {
  const last = steps.at(-1)?.[kind] ?? 0;
  const name = words.short[kind];
  return { key: kind, y: y(last), title: name, label: <span className={classes.end} data-kind={kind}>{name}</span> };
}

function tell(found: Count | undefined, title: string): Told {
  if (found === undefined) return { title, rows: [], silence: words.notCounted };
  const rows = [...KINDS].reverse().map((kind) => {
    const [fewest, most] = rangeOf(found, kind);
    return { key: kind, label: words[kind], value: words.fromTo(count(fewest), count(most)) };
  });
  return { title, rows };
}

/** What the lines say, in words; what each point is, and the zone. */
function notesOf({ counts, step, points }: ConnectionHistory): string {
  const when = step * points > DAY ? moment : clock;
  const told = [...KINDS].reverse().map((kind) => {
    const found = extremesOf(counts, kind);
    if (found === undefined) return '';
    const [fewest, most] = [rangeOf(found.fewest, kind)[0], rangeOf(found.most, kind)[1]];
    return words.extremes(words[kind], [count(fewest), when(found.fewest.at)], [count(most), when(found.most.at)]);
  });
  return [...told, words.counted[step / 1000] ?? '', chartWords.zone(zoneName())].filter((text) => text !== '').join(' ');
}
