// Evaluations of a flag over time, as areas or as a table; with their sum, the span, and a way to take them along.
import { Button, SegmentedControl, Table } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconChartAreaLine, IconChartHistogram, IconCheck, IconCopy, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lastEntriesQuery } from '../../api/audit';
import type { Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { historySpec } from '../../format/auditFilters';
import { toCsv } from '../../format/csv';
import { readSpan, SPANS, spanWith, tableOf, tooFew, type Span } from '../../format/evaluations';
import { count, counted } from '../../format/number';
import { ago, localTime } from '../../format/time';
import { periodOf, zoneName } from '../../format/timeAxis';
import { evaluationWords as words } from '../../strings/evaluations';
import { useAddress } from '../../ui/address';
import { StackedAreas, type Layer } from '../../ui/chart/StackedAreas';
import chart from '../../ui/chart/chart.module.css';
import { EmptyState } from '../../ui/States';
import { usePlace } from '../place';
import { layersOf, markersOf } from './layers';
import classes from './evaluations.module.css';

const TABLE = 'table';

/** `now` is when it was found. */
export function EvaluationsChart({ flag, found, now }: { flag: Flag; found: Evaluations; now: number }) {
  const [search, change] = useAddress();
  const span = readSpan(search);
  const isTable = search.get('view') === TABLE;
  const layers = layersOf(flag, found);
  return (
    <section className={classes.chart} aria-label={words.chart}>
      <div className={classes.bar}>
        <h2>{words.evaluations(counted(found.count, 'evaluation'), words.spanWords[span])}</h2>
        {found.count > 0 && (
          <>
            <Button
              variant="default"
              size="xs"
              leftSection={isTable ? <IconChartAreaLine size={14} /> : <IconTable size={14} />}
              onClick={() => change({ view: isTable ? undefined : TABLE }, true)}
            >
              {isTable ? words.showChart : words.showTable}
            </Button>
            <CopyButton found={found} layers={layers} />
          </>
        )}
        <SegmentedControl
          aria-label={words.span}
          size="xs"
          value={span}
          data={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: words.spans[value] }))}
          onChange={(value) => change({ span: value === '24h' ? undefined : value }, true)}
        />
      </div>
      {found.count === 0 && <NoEvaluations found={found} span={span} now={now} />}
      {found.count > 0 && (isTable ? <Points found={found} layers={layers} /> : <Areas flag={flag} found={found} layers={layers} />)}
      {found.count > 0 && <p className={classes.notes}>{notesOf(found)}</p>}
    </section>
  );
}

interface ShownProps {
  found: Evaluations;
  layers: Layer[];
}

function Areas({ flag, found, layers }: ShownProps & { flag: Flag }) {
  const place = usePlace();
  const spec = historySpec(place.project.key, place.environment.key, flag.key);
  const { data: entries = [] } = useQuery(lastEntriesQuery(spec, found.begin));
  const period = (at: number) => {
    const told = periodOf(found.begin + at * found.step, found.step);
    return at === found.points - 1 ? `${told}, ${words.stillRunning}` : told;
  };
  return (
    <StackedAreas
      label={words.chart}
      begin={found.begin}
      step={found.step}
      points={found.points}
      layers={layers}
      gaps={found.gaps}
      markers={markersOf(entries, flag, place, found)}
      period={period}
      silence={words.silent}
      total={words.total}
    />
  );
}

/** The zone, and what is not to be read into the picture. */
function notesOf({ count: all, gaps }: Evaluations): string {
  const parts = [tooFew(all), words.zone(zoneName()), words.lastRuns, gaps.length > 0 ? words.gapsNote : undefined];
  return parts.filter((part) => part !== undefined).join(' ');
}

const rowsOf = ({ found, layers }: ShownProps) => tableOf(layers, found.begin, found.step, found.points, found.gaps);
const namesOf = (layers: Layer[]) => [words.time, ...layers.map(({ label }) => label), words.total];

function Points({ found, layers }: ShownProps) {
  return (
    // Its lines are reached by the keyboard only where the box itself can have the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={chart.table} role="region" aria-label={words.chart} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {namesOf(layers).map((name, place) => (
              <Table.Th key={place} dir="auto">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf({ found, layers })
            .reverse()
            .map(([at = 0, ...counts]) => (
              <Table.Tr key={at}>
                <Table.Td>{periodOf(Number(at), found.step)}</Table.Td>
                {counts.map((one, place) => (
                  <Table.Td key={place}>{typeof one === 'number' ? count(one) : '–'}</Table.Td>
                ))}
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function CopyButton({ found, layers }: ShownProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const copy = () => {
    const rows = rowsOf({ found, layers }).map(([at = 0, ...counts]) => [localTime(Number(at)), ...counts]);
    const [, ...names] = namesOf(layers);
    clipboard.copy(toCsv([`${words.time} (${zoneName()})`, ...names], rows));
  };
  const text = clipboard.error ? words.copyFailed : clipboard.copied ? words.copied : words.copyCsv;
  return (
    <Button variant="default" size="xs" leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
      {text}
    </Button>
  );
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
