// What is known of all connections of an environment: how the last change arrived, how many there are, and who is behind.
import type { Connections } from '../../api/connections';
import { stragglersOf, usualArrivals } from '../../format/arrivals';
import { count, counted } from '../../format/number';
import { sharePercent } from '../../format/traffic';
import { connectionWords as words } from '../../strings/connections';
import { Note } from '../../ui/Note';
import { RelativeTime } from '../../ui/RelativeTime';
import { ArrivalCurve } from './ArrivalCurve';
import { CountChart } from './CountChart';
import classes from './connections.module.css';

const NAMED = 3; // stragglers that the banner names

export function ConnectionsSummary({ found: { streams, polling, changes } }: { found: Connections }) {
  const stragglers = stragglersOf(streams.sdks);
  const behind = streams.connections - streams.upToDate;
  const [last, ...earlier] = changes;
  const usual = usualArrivals(earlier.map(({ arrivals }) => arrivals));
  return (
    <div className={classes.summary}>
      {behind > 0 && (
        <Note tone="warn">
          <b dir="auto">{words.behind(counted(behind, 'stream'), stragglers.slice(0, NAMED).map(({ name }) => name), stragglers.length - NAMED)}</b>{' '}
          {words.serveOld(count(streams.upToDate))}
        </Note>
      )}
      <div className={classes.cards}>
        <section className={classes.card} aria-label={words.arrived}>
          <div className={classes.cardHead}>
            <h2>{words.arrived}</h2>
            <span>{last ? <RelativeTime at={last.committed} /> : words.none}</span>
            {usual && <span className={classes.key}>{words.usual}</span>}
          </div>
          <p>{last ? tellLag(last) : words.noChange}</p>
          {last && <ArrivalCurve last={last} usual={usual} />}
        </section>
        <section className={classes.card} aria-label={words.openNow}>
          <div className={classes.cardHead}>
            <h2>{words.openNow}</h2>
          </div>
          <dl className={classes.figures}>
            <Figure name={words.streams} line={classes.ofStreams} of={streams} />
            <Figure name={words.polling} line={classes.ofPolling} of={polling} />
          </dl>
          <CountChart />
        </section>
      </div>
    </div>
  );
}

function tellLag({ deliveries, lag }: Connections['changes'][number]): string {
  if (deliveries === 0) return words.reachedNone;
  return `${words.delivered(counted(deliveries, 'stream'))}: ${words.lagText(lag.p50, lag.p95, lag.max)}`;
}

function Figure({ name, line, of }: { name: string; line: string | undefined; of: Connections['streams'] }) {
  return (
    <div>
      <dt className={line}>{name}</dt>
      <dd>
        {count(of.connections)}
        <span>{of.connections === 0 ? words.none : words.newest(sharePercent(of.share))}</span>
      </dd>
    </div>
  );
}
