// `/{p}/{e}/flags?q`: all flags of a project, as they are in one environment.
import { Button } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { flagPageQuery, type Flag } from '../api/flags';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { FlagToggle } from '../components/flags/FlagToggle';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { usePlace, type Place } from '../components/place';
import { counted } from '../format/number';
import { flagWords as words } from '../strings/flags';
import { DataTable } from '../ui/DataTable';
import { usePages } from '../ui/pages';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState } from '../ui/States';

export default function FlagsPage() {
  const place = usePlace();
  const { text, settled, setText } = useFilterText();
  const { key } = place.project;
  const environment = place.environment.key;
  const pages = usePages<Flag>((offset, limit) => flagPageQuery(key, [environment], { q: settled }, offset, limit));
  const columns = useMemo(() => flagColumns(place), [place]);
  const none = settled === '' ? <NoFlags /> : <NoMatch text={settled} onClear={() => setText('')} />;
  return (
    <Page
      title={words.flags}
      environment={place.environment.name}
      isFilling
      below={
        <FilterBar
          label={words.filter}
          text={text}
          onChange={setText}
          summary={words.total(counted(pages.total, 'flag'))}
        />
      }
    >
      {pages.error ? (
        <FailureState what={words.theFlags} error={pages.error} onRetry={pages.refetch} />
      ) : (
        <DataTable {...pages} label={words.flags} columns={columns} rowKey={(flag) => flag.key} empty={none} />
      )}
    </Page>
  );
}

function flagColumns({ project, environment }: Place): ColumnDef<Flag>[] {
  return [
    {
      id: 'flag',
      header: words.flag,
      meta: { track: 'minmax(180px, 3fr)' },
      cell: ({ row: { original: flag } }) => <NameCell name={flag.name} resourceKey={flag.key} tags={flag.tags} />,
    },
    {
      id: 'on',
      header: environment.name,
      meta: { track: '90px' },
      cell: ({ row: { original: flag } }) => (
        <FlagToggle
          project={project.key}
          environment={environment}
          flag={flag}
          on={flag.environments?.[environment.key]?.on ?? false}
        />
      ),
    },
    {
      id: 'changed',
      header: words.changed,
      meta: { track: '90px', align: 'end', hideOn: 'phone' },
      cell: ({ row: { original: flag } }) => (
        <RelativeTime short at={flag.environments?.[environment.key]?.lastModified ?? flag.creationDate} />
      ),
    },
  ];
}

const NoFlags = () => <EmptyState icon={IconFlag} title={words.noneTitle} text={words.noneText} />;

function NoMatch({ text, onClear }: { text: string; onClear: () => void }) {
  const action = (
    <Button variant="default" onClick={onClear}>
      {words.clear}
    </Button>
  );
  return <EmptyState title={words.noneMatch(text)} action={action} />;
}
