// `/{p}/{e}/segments?q`: the segments of an environment.
import { Button } from '@mantine/core';
import { IconChartCircles } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { segmentPageQuery, type Segment } from '../api/segments';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { counted } from '../format/number';
import { segmentWords as words } from '../strings/segments';
import { DataTable } from '../ui/DataTable';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState } from '../ui/States';

export default function SegmentsPage() {
  const { project, environment } = usePlace();
  const { text, settled, setText } = useFilterText();
  const pages = usePages<Segment>((offset, limit) =>
    segmentPageQuery(project.key, environment.key, settled, offset, limit),
  );
  const filter = (
    <FilterBar
      label={words.filter}
      text={text}
      onChange={setText}
      summary={words.total(counted(pages.total, 'segment'))}
    />
  );
  const clear = (
    <Button variant="default" onClick={() => setText('')}>
      {words.clear}
    </Button>
  );
  const none =
    settled === '' ? (
      <EmptyState icon={IconChartCircles} title={words.noneTitle} text={words.noneText} />
    ) : (
      <EmptyState title={words.noneMatch(settled)} action={clear} />
    );
  return (
    <Page title={words.segments} environment={environment.name} isFilling below={filter}>
      {pages.error ? (
        <FailureState what={words.theSegments} error={pages.error} onRetry={pages.refetch} />
      ) : (
        <DataTable {...pages} label={words.segments} columns={COLUMNS} rowKey={(segment) => segment.key} empty={none} />
      )}
    </Page>
  );
}

const COLUMNS: ColumnDef<Segment>[] = [
  {
    id: 'segment',
    header: words.segment,
    meta: { track: 'minmax(180px, 3fr)' },
    cell: ({ row: { original: segment } }) => (
      <NameCell name={segment.name} resourceKey={segment.key} tags={segment.tags} />
    ),
  },
  {
    id: 'created',
    header: words.created,
    meta: { track: '90px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: segment } }) => <RelativeTime short at={segment.creationDate} />,
  },
];
