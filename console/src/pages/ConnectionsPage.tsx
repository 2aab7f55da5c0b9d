// `/{p}/{e}/connections`: which SDKs are connected, what they hold, and how fast the last change reached them.
import { IconAccessPoint, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { connectionsQuery, type ConnectedSdk, type Connections } from '../api/connections';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { count, counted } from '../format/number';
import { sharePercent } from '../format/traffic';
import { connectionWords as words } from '../strings/connections';
import { DataTable } from '../ui/DataTable';
import { Note } from '../ui/Note';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import classes from './connections.module.css';

type Row = ConnectedSdk & { isStream: boolean };

export default function ConnectionsPage() {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(connectionsQuery(project.key, environment.key));
  return (
    <Page title={words.connections} environment={environment.name} isFilling below={data && <Summary found={data} />}>
      {data && <Sdks found={data} />}
      {!data && error && <FailureState what={words.theConnections} error={error} onRetry={refetch} />}
      {!data && !error && <LoadingState rows={6} />}
    </Page>
  );
}

function Summary({ found: { streams, polling, changes } }: { found: Connections }) {
  const behind = streams.connections - streams.upToDate;
  const [last] = changes;
  return (
    <div className={classes.summary}>
      {behind > 0 && <Note tone="warn">{words.behind(counted(behind, 'stream'))}</Note>}
      <dl className={classes.figures}>
        <Figure name={words.streams} of={streams} />
        <Figure name={words.polling} of={polling} />
        <div>
          <dt>{words.lag}</dt>
          <dd>
            {last ? <RelativeTime at={last.committed} /> : words.none}
            <span>{last ? tellLag(last) : words.noChange}</span>
          </dd>
        </div>
      </dl>
    </div>
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

function Sdks({ found }: { found: Connections }) {
  const mark = (sdks: ConnectedSdk[], isStream: boolean) => sdks.map((sdk) => ({ ...sdk, isStream }));
  const rows: Row[] = [...mark(found.streams.sdks, true), ...mark(found.polling.sdks, false)];
  return (
    <DataTable
      label={words.connections}
      columns={COLUMNS}
      total={rows.length}
      row={(index) => rows[index]}
      rowKey={(row) => [row.isStream, row.sdk, row.sdkVersion, row.kind, row.application, row.applicationVersion].join(' ')}
      empty={<EmptyState icon={IconAccessPoint} title={words.noneTitle} text={words.noneText} />}
    />
  );
}

function Holds({ row }: { row: Row }) {
  const behind = row.connections - row.upToDate;
  const Shown = behind === 0 ? IconCheck : IconAlertTriangle;
  return (
    <span className={classes.holds} data-behind={behind > 0 || undefined}>
      <Shown size={14} stroke={1.6} aria-hidden />
      {behind === 0 ? words.allCurrent : words.someBehind(count(behind))}
    </span>
  );
}

const COLUMNS: ColumnDef<Row>[] = [
  {
    id: 'sdk',
    header: words.sdk,
    meta: { track: 'minmax(140px, 2fr)' },
    cell: ({ row: { original: row } }) => (
      <>
        <strong>{row.sdk}</strong> <span className={classes.version}>{row.sdkVersion}</span>
      </>
    ),
  },
  {
    id: 'application',
    header: words.application,
    meta: { track: 'minmax(120px, 2fr)', hideOn: 'phone' },
    cell: ({ row: { original: row } }) =>
      row.application === '' ? (
        <span className={classes.version}>{words.unnamed}</span>
      ) : (
        <span dir="auto">{`${row.application} ${row.applicationVersion}`}</span>
      ),
  },
  {
    id: 'kind',
    header: words.kind,
    meta: { track: '130px', hideOn: 'tablet' },
    cell: ({ row: { original: row } }) => (row.isStream ? words.stream : words.polls)(words.kinds[row.kind] ?? row.kind),
  },
  {
    id: 'open',
    header: words.open,
    meta: { track: '56px', align: 'end' },
    cell: ({ row: { original: row } }) => count(row.connections),
  },
  { id: 'holds', header: words.holds, meta: { track: '112px' }, cell: ({ row: { original: row } }) => <Holds row={row} /> },
  {
    id: 'written',
    header: words.written,
    meta: { track: '90px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: row } }) => <RelativeTime short at={row.lastWritten} />,
  },
];
