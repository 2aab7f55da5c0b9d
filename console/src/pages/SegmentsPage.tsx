// `/{p}/{e}/segments?q`: the segments of an environment.
import { IconChartCircles } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { segmentPageQuery, type Segment } from '../api/segments';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { SegmentForm } from '../forms/SegmentForm';
import { counted } from '../format/number';
import { countKeys, readMembership } from '../format/segmentSteps';
import { paths } from '../paths';
import { segmentWords as words } from '../strings/segments';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { useAddress } from '../ui/address';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState } from '../ui/States';

export default function SegmentsPage() {
  const { project, environment } = usePlace();
  const { text, settled, setText } = useFilterText();
  const pages = usePages<Segment>(
    (offset, limit) => segmentPageQuery(project.key, environment.key, settled, offset, limit),
    `${project.key}/${environment.key}`,
  );
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const columns = useMemo(() => segmentColumns(project.key, environment.key), [project.key, environment.key]);
  const refusal = useRefusal('createSegment', `proj/${project.key}:env/${environment.key}:segment/*`);
  const open = () => change({ new: 'segment' });
  const filter = (
    <FilterBar
      label={words.filter}
      text={text}
      onChange={setText}
      summary={words.total(counted(pages.known, 'segment'))}
    />
  );
  const none =
    settled === '' ? (
      <EmptyState icon={IconChartCircles} title={words.noneTitle} text={words.noneText} />
    ) : (
      <NoMatch title={words.noneMatch(settled)} onClear={() => setText('')} />
    );
  return (
    <Page title={words.segments} environment={environment.name} actions={<CreateButton label={words.create} onClick={open} refusal={refusal} />} isFilling below={filter}>
      <PagedTable pages={pages} what={words.theSegments} label={words.segments} columns={columns} rowKey={(segment) => segment.key} empty={none} />
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.create} onClose={() => change({ new: undefined })} closesOutside={false}>
          <SegmentForm
            project={project.key}
            environment={environment}
            onDone={(made) => void navigate(paths.segment(project.key, environment.key, made.key))}
          />
        </Dialog>
      )}
    </Page>
  );
}

function membersOf(segment: Segment): number {
  const { included } = readMembership(segment);
  return segment._unboundedMetadata?.includedCount ?? countKeys(included);
}

const segmentColumns = (project: string, environment: string): ColumnDef<Segment>[] => [
  {
    id: 'segment',
    header: words.segment,
    meta: { track: 'minmax(180px, 3fr)' },
    cell: ({ row: { original: segment } }) => (
      <NameCell
        name={segment.name}
        resourceKey={segment.key}
        tags={segment.tags}
        to={paths.segment(project, environment, segment.key)}
      />
    ),
  },
  {
    id: 'members',
    header: words.members,
    meta: { track: 'minmax(120px, 1fr)', hideOn: 'phone' },
    cell: ({ row: { original: segment } }) =>
      [
        counted(membersOf(segment), 'key'),
        segment.rules.length > 0 && counted(segment.rules.length, 'rule'),
        segment.unbounded && words.big,
      ]
        .filter(Boolean)
        .join(', '),
  },
  {
    id: 'created',
    header: words.created,
    meta: { track: '90px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: segment } }) => <RelativeTime short at={segment.creationDate} />,
  },
];
