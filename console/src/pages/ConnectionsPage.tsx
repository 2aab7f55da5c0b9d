// `/{p}/{e}/connections`: which SDKs are connected, what they hold, and how fast the last change reached them.
import { IconAccessPoint, IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { connectionsQuery, type ConnectedSdk, type Connections } from '../api/connections';
import classes from '../components/connections/connections.module.css';
import { ConnectionsSummary } from '../components/connections/ConnectionsSummary';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { count } from '../format/number';
import { connectionWords as words } from '../strings/connections';
import { DataTable } from '../ui/DataTable';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState, LoadingState } from '../ui/States';

type Row = ConnectedSdk & { isStream: boolean };

export default function ConnectionsPage() {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(connectionsQuery(project.key, environment.key));
  return (
    <Page title={words.connections} environment={environment.name} isFilling below={data && <ConnectionsSummary found={data} />}>
      {data && <Sdks found={data} />}
      {!data && error && <FailureState what={words.theConnections} error={error} onRetry={refetch} />}
      {!data && !error && <LoadingState rows={6} />}
    </Page>
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

/** A client that polls and is behind has only not asked yet. */
function Holds({ row }: { row: Row }) {
  const behind = row.connections - row.upToDate;
  const Behind = row.isStream ? IconAlertTriangle : IconClock;
  const Shown = behind === 0 ? IconCheck : Behind;
  return (
    <span className={classes.holds} data-behind={(behind > 0 && row.isStream) || undefined} data-due={(behind > 0 && !row.isStream) || undefined}>
      <Shown size={14} stroke={1.6} aria-hidden />
      {behind === 0 ? words.allCurrent : row.isStream ? words.someBehind(count(behind)) : words.due(count(behind))}
    </span>
  );
}

/** Of the last change that its streams were given; clients that poll have none. */
const Lag = ({ ms }: { ms: number | undefined }) =>
  ms === undefined ? <span className={classes.none}>{words.noLag}</span> : <>{words.ms(ms)}</>;

const COLUMNS: ColumnDef<Row>[] = [
  {
    id: 'application',
    header: words.application,
    meta: { track: 'minmax(110px, 2fr)' },
    cell: ({ row: { original: row } }) =>
      row.application === '' ? (
        <span className={classes.version}>{words.unnamed}</span>
      ) : (
        <strong dir="auto">{`${row.application} ${row.applicationVersion}`}</strong>
      ),
  },
  {
    id: 'sdk',
    header: words.sdk,
    meta: { track: 'minmax(140px, 2fr)', hideOn: 'phone' },
    cell: ({ row: { original: row } }) => (
      <>
        {row.sdk} <span className={classes.version}>{row.sdkVersion}</span>
      </>
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
  { id: 'holds', header: words.holds, meta: { track: '140px' }, cell: ({ row: { original: row } }) => <Holds row={row} /> },
  {
    id: 'p50',
    header: words.p50,
    meta: { track: '70px', align: 'end', hideOn: 'tablet' },
    cell: ({ row: { original: row } }) => <Lag ms={row.lag?.p50} />,
  },
  {
    id: 'p95',
    header: words.p95,
    meta: { track: '70px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: row } }) => <Lag ms={row.lag?.p95} />,
  },
  {
    id: 'written',
    header: words.written,
    meta: { track: '90px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: row } }) => <RelativeTime short at={row.lastWritten} />,
  },
];
