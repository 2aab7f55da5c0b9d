// `/{p}/{e}/live?q`: what SDKs tell, as it arrives.
import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconActivity, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { useArriving } from '../components/live/arriving';
import classes from '../components/live/live.module.css';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { linesOf, type Entry } from '../format/live';
import { count } from '../format/number';
import { liveWords as words } from '../strings/live';
import { DataTable } from '../ui/DataTable';
import { JsonText } from '../ui/JsonDiff';
import { KeyPill } from '../ui/KeyPill';
import { SidePanel } from '../ui/SidePanel';
import { EmptyState } from '../ui/States';

export default function LivePage() {
  const { project, environment } = usePlace();
  return <Events key={`${project.key} ${environment.key}`} />;
}

function Events() {
  const { project, environment } = usePlace();
  const { text, settled, setText } = useFilterText();
  const { entries, arrived, heard, isPaused, waiting, setPaused } = useArriving(project.key, environment.key);
  const [shown, setShown] = useState<Entry>();
  const columns = useMemo(() => columnsOf(setShown), []);
  const rows = useMemo(() => linesOf(entries, settled), [entries, settled]);
  const pause = (
    <Button
      variant="default"
      leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      onClick={() => setPaused(!isPaused)}
    >
      {isPaused ? words.resume(count(waiting)) : words.pause}
    </Button>
  );
  const filter = <FilterBar label={words.filter} text={text} onChange={setText} summary={words.arrived(count(arrived))} isRestless />;
  const none =
    settled !== '' && entries.length > 0 ? (
      <NoMatch title={words.noneFits} onClear={() => setText('')} />
    ) : (
      <EmptyState icon={IconActivity} title={words.noneTitle} text={words.noneText} />
    );
  return (
    <Page title={words.live} environment={environment.name} description={words.about} actions={pause} isFilling below={filter}>
      <VisuallyHidden role="status">{heard > 0 ? words.heard(count(heard)) : ''}</VisuallyHidden>
      <DataTable
        label={words.live}
        columns={columns}
        total={rows.length}
        row={(index) => rows[index]}
        rowKey={(entry) => String(entry.id)}
        rowHeight={{ comfortable: 38, compact: 34 }}
        empty={none}
      />
      {shown && (
        <SidePanel title={words.raw(shown.key || (words.kinds[shown.kind] ?? shown.kind))} onClose={() => setShown(undefined)}>
          <JsonText value={shown.raw} label={words.json} />
        </SidePanel>
      )}
    </Page>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const columnsOf = (open: (entry: Entry) => void): ColumnDef<Entry>[] => [
  {
    id: 'time',
    header: words.time,
    meta: { track: '72px' },
    cell: ({ row }) => <time className={classes.time}>{clock.format(row.original.at)}</time>,
  },
  {
    id: 'kind',
    header: words.kind,
    meta: { track: '120px', hideOn: 'phone' },
    cell: ({ row }) => words.kinds[row.original.kind] ?? row.original.kind,
  },
  {
    id: 'key',
    header: words.key,
    meta: { track: 'minmax(140px, 2fr)' },
    cell: ({ row: { original: entry } }) => (
      <UnstyledButton className={classes.open} onClick={() => open(entry)} aria-label={words.raw(entry.key || entry.kind)}>
        {entry.key === '' ? <span className={classes.whole}>{words.json}</span> : <KeyPill>{entry.key}</KeyPill>}
      </UnstyledButton>
    ),
  },
  {
    id: 'detail',
    header: words.detail,
    meta: { track: 'minmax(120px, 2fr)' },
    cell: ({ row: { original: entry } }) => tellEntry(entry),
  },
];

function tellEntry({ kind, variation, count: times }: Entry): string {
  const served = variation === null ? words.fallback : words.variation(variation);
  if (kind === 'served') return `${words.evaluations(count(times))} ${served}`;
  return kind === 'feature' || kind === 'debug' ? served : '';
}
