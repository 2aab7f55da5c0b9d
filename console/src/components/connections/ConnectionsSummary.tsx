// What is known of all connections of an environment: how the last change arrived, how many there are, and who is behind.
import type { Connections } from '../../api/connections';
import { tellBehind, usualArrivals } from '../../format/arrivals';
import { count, counted } from '../../format/number';
import { sharePercent } from '../../format/traffic';
import { connectionWords as words } from '../../strings/connections';
import { ChartTable } from '../../ui/chart/ChartTable';
import { ChartTools, useTable } from '../../ui/chart/ChartTools';
import { Note } from '../../ui/Note';
import { RelativeTime } from '../../ui/RelativeTime';
import { ArrivalCurve, arrivalTable, type ArrivalCurveProps } from './ArrivalCurve';
import { CountChart } from './CountChart';
import classes from './connections.module.css';

export function ConnectionsSummary({ found: { streams, polling, changes } }: { found: Connections }) {
  const [told = '', effect = ''] = tellBehind(streams) ?? [];
  const [last, ...earlier] = changes;
  const usual = usualArrivals(earlier.map(({ arrivals }) => arrivals));
  return (
    <div className={classes.summary}>
      {told !== '' && (
        <Note tone="warn">
          <b dir="auto">{told}</b> {effect}
        </Note>
      )}
      <div className={classes.cards}>
        <Arrivals last={last} usual={usual} />
        <CountChart>
          <dl className={classes.figures}>
            <Figure name={words.streams} of={streams} />
            <Figure name={words.polling} of={polling} />
          </dl>
        </CountChart>
      </div>
    </div>
  );
}

function Arrivals({ last, usual }: Partial<ArrivalCurveProps> & { usual: ArrivalCurveProps['usual'] }) {
  const [isTable, onTable] = useTable('arrivals');
  const known = last && last.arrivals.length > 0 && arrivalTable({ last, usual });
  return (
    <section className={classes.card} aria-label={words.arrived}>
      <div className={classes.cardHead}>
        <h2>{words.arrived}</h2>
        <span>{last ? <RelativeTime at={last.committed} /> : words.none}</span>
        <div className={classes.tools}>
          {usual && <span className={classes.key}>{words.usual}</span>}
          {known && <ChartTools of={known} isTable={isTable} onTable={onTable} isSmall />}
        </div>
      </div>
      <p>{last ? tellLag(last) : words.noChange}</p>
      {known && (isTable ? <ChartTable label={words.arrivals} of={known} /> : <ArrivalCurve last={last} usual={usual} />)}
    </section>
  );
}

function tellLag({ deliveries, lag }: Connections['changes'][number]): string {
  if (deliveries === 0) return words.reachedNone;
  return `${words.delivered(counted(deliveries, 'stream'))}: ${words.lagText(lag.p50, lag.p95, lag.max)}`;
}

function Figure({ name, of }: { name: string; of: Connections['streams'] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {count(of.connections)}
        <span>{of.connections === 0 ? words.none : words.newest(sharePercent(of.share))}</span>
      </dd>
    </div>
  );
}
