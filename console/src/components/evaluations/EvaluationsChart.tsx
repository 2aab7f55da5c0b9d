// Evaluations of a flag over time, as areas or as a table; with their sum, the span, and a way to take them along.
import { Button, SegmentedControl } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lastEntriesQuery } from '../../api/audit';
import type { Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { historySpec } from '../../format/auditFilters';
import { countsOf, readSpan, SPANS, spanWith, tooFew, type Span } from '../../format/evaluations';
import { counted } from '../../format/number';
import { tabularByTime } from '../../format/tabular';
import { ago } from '../../format/time';
import { pointOf, zoneName } from '../../format/timeAxis';
import { chartWords } from '../../strings/chart';
import { evaluationWords as words } from '../../strings/evaluations';
import { useAddress } from '../../ui/address';
import { ChartTable } from '../../ui/chart/ChartTable';
import { ChartTools, useTable } from '../../ui/chart/ChartTools';
import { StackedAreas, type Layer } from '../../ui/chart/StackedAreas';
import { EmptyState } from '../../ui/States';
import { UnreadButton } from '../../ui/UnreadButton';
import { usePlace } from '../place';
import { hasWeekBefore, useCompared, useSumsBefore } from './weekBefore';
import { layersOf, markersOf } from './layers';
import classes from './evaluations.module.css';

/** `now` is when it was found. */
export function EvaluationsChart({ flag, found, now }: { flag: Flag; found: Evaluations; now: number }) {
  const [search, change] = useAddress();
  const span = readSpan(search);
  const [isTable, onTable] = useTable('view');
  const layers = layersOf(flag, found);
  const [isCompared, compare] = useCompared(span);
  const before = useSumsBefore(flag, found, span, isCompared);
  const tabular = tabularOf({ found, layers, before });
  return (
    <section className={classes.chart} aria-label={words.chart}>
      <div className={classes.bar}>
        <h2>{words.evaluations(counted(found.count, 'evaluation'), words.spanWords[span])}</h2>
        {found.count > 0 && hasWeekBefore(span) && (
          <Button size="xs" variant={isCompared ? 'light' : 'default'} aria-pressed={isCompared} onClick={compare}>
            {words.compare}
          </Button>
        )}
        {found.count > 0 && <ChartTools of={tabular} isTable={isTable} onTable={onTable} />}
        <SegmentedControl
          aria-label={chartWords.span}
          size="xs"
          value={span}
          data={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: words.spans[value] }))}
          onChange={(value) => change({ span: value === '24h' ? undefined : value }, true)}
        />
      </div>
      {found.count === 0 && <NoEvaluations found={found} span={span} now={now} />}
      {found.count > 0 && (isTable ? <ChartTable label={words.chart} of={tabular} /> : <Areas {...{ flag, found, layers, before }} />)}
      {found.count > 0 && <p className={classes.notes}>{notesOf(found)}</p>}
    </section>
  );
}

interface ShownProps {
  found: Evaluations;
  layers: Layer[];
  /** The sums of the week before, where they are compared with. */
  before: (number | undefined)[] | undefined;
}

function Areas({ flag, found, layers, before }: ShownProps & { flag: Flag }) {
  const place = usePlace();
  const spec = historySpec(place.project.key, place.environment.key, flag.key);
  const asked = useQuery(lastEntriesQuery(spec, found.begin));
  return (
    <>
      <UnreadButton asked={asked} label={words.changesUnread} />
      <StackedAreas
        label={words.chart}
        begin={found.begin}
        step={found.step}
        points={found.points}
        layers={layers}
        gaps={found.gaps}
        markers={markersOf(asked.data ?? [], flag, place, found)}
        period={(at) => pointOf(found, at)}
        silence={words.silent}
        earlier={before && { label: words.weekBefore, series: before }}
        total={words.total}
      />
    </>
  );
}

/** The zone, and what is not to be read into the picture. */
function notesOf({ count: all, gaps }: Evaluations): string {
  const parts = [tooFew(all), chartWords.zone(zoneName()), chartWords.lastRuns, gaps.length > 0 ? words.gapsNote : undefined];
  return parts.filter((part) => part !== undefined).join(' ');
}

function tabularOf({ found: { begin, step, points, gaps }, layers, before }: ShownProps) {
  const names = [...layers.map(({ label }) => label), words.total];
  const cells = countsOf(layers, points, gaps);
  if (before === undefined) return tabularByTime(begin, step, names, cells);
  return tabularByTime(begin, step, [...names, words.weekBefore], cells.map((one, at) => [...one, before[at] ?? '']));
}

function NoEvaluations({ found: { lastRequested }, span, now }: { found: Evaluations; span: Span; now: number }) {
  const [, change] = useAddress();
  const other = lastRequested === undefined ? undefined : spanWith(lastRequested, now, span);
  return (
    <EmptyState
      icon={IconChartHistogram}
      title={words.none(words.spanWords[span])}
      text={lastRequested === undefined ? words.neverAsked : words.lastWas(ago(lastRequested, now))}
      action={
        other && (
          <Button variant="default" onClick={() => change({ span: other === '24h' ? undefined : other }, true)}>
            {words.look(words.spanWords[other])}
          </Button>
        )
      }
    />
  );
}
