// `/{p}/{e}/contexts?q&kind&attribute&value`: who or what flags were evaluated for.
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import { contextSearchQuery, type ContextPlace, type SeenContext } from '../api/contexts';
import { ContextChoices } from '../components/contexts/ContextChoices';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { counted } from '../format/number';
import { shortValue } from '../format/value';
import { paths } from '../paths';
import { contextWords as words } from '../strings/contexts';
import { filterWords } from '../strings/filters';
import { DataTable } from '../ui/DataTable';
import { RelativeTime } from '../ui/RelativeTime';
import { EmptyState, FailureState } from '../ui/States';
import { nothing, useAddress } from '../ui/address';

const AHEAD = 20; // rows before the last loaded one at which more are asked for
const SHOWN = 3; // attributes in a row
const TOLD = new Set(['kind', 'key', 'name']); // what has a column of its own

export default function ContextsPage() {
  const { project, environment } = usePlace();
  const place: ContextPlace = { project: project.key, environment: environment.key };
  const [search, change] = useAddress();
  const { text, settled, setText } = useFilterText();
  const chosen = (name: string) => search.get(name) ?? '';
  const filters = { q: settled, kind: chosen('kind'), attribute: chosen('attribute'), value: chosen('value') };
  const found = useInfiniteQuery(contextSearchQuery(place, filters));
  const rows = useMemo(() => (found.data?.pages ?? []).flatMap(({ items }) => items as SeenContext[]), [found.data]);
  const total = Math.max(found.data?.pages[0]?.totalCount ?? 0, rows.length);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  const onVisible = useCallback(
    (_: number, last: number) => {
      if (hasNextPage && !isFetching && last > rows.length - AHEAD) void fetchNextPage();
    },
    [fetchNextPage, hasNextPage, isFetching, rows.length],
  );
  const columns = useMemo(() => contextColumns(project.key, environment.key), [project.key, environment.key]);
  const isFiltered = Object.values(filters).some((value) => value !== '');
  const clear = () => {
    setText('');
    change(nothing);
  };
  const filter = (
    <FilterBar label={words.filter} text={text} onChange={setText} summary={words.total(counted(total, 'context'))}>
      <ContextChoices place={place} chosen={filters} />
    </FilterBar>
  );
  const none = isFiltered ? (
    <NoMatch title={words.noneFits} clear={filterWords.clear} onClear={clear} />
  ) : (
    <EmptyState icon={IconUsers} title={words.noneTitle} text={words.noneText} />
  );
  return (
    <Page title={words.contexts} environment={environment.name} isFilling below={filter}>
      {found.error && rows.length === 0 ? (
        <FailureState what={words.theContexts} error={found.error} onRetry={found.refetch} />
      ) : (
        <DataTable
          label={words.contexts}
          columns={columns}
          total={total}
          row={(index) => rows[index]}
          onVisible={onVisible}
          isLoading={isFetching}
          rowKey={(row) => `${row.context.kind} ${row.context.key} ${row.applicationId ?? ''}`}
          empty={none}
        />
      )}
    </Page>
  );
}

const contextColumns = (project: string, environment: string): ColumnDef<SeenContext>[] => [
  {
    id: 'context',
    header: words.context,
    meta: { track: 'minmax(150px, 2fr)' },
    cell: ({ row: { original: { context } } }) => (
      <NameCell
        name={context.name ?? context.key}
        resourceKey={context.key}
        tags={[]}
        to={paths.context(project, environment, context.kind, context.key)}
      />
    ),
  },
  { id: 'kind', header: words.kind, meta: { track: 'minmax(88px, 0.6fr)' }, cell: ({ row }) => row.original.context.kind },
  {
    id: 'attributes',
    header: words.attributes,
    meta: { track: 'minmax(160px, 3fr)', hideOn: 'phone' },
    cell: ({ row }) => <span dir="auto">{tellAttributes(row.original.context)}</span>,
  },
  {
    id: 'seen',
    header: words.seen,
    meta: { track: '72px', align: 'end' },
    cell: ({ row }) => <RelativeTime short at={Date.parse(row.original.lastSeen)} />,
  },
];

function tellAttributes(context: SeenContext['context']): string {
  const attributes = Object.entries(context).filter(([name]) => !TOLD.has(name) && !name.startsWith('_'));
  return attributes.slice(0, SHOWN).map(([name, value]) => `${name}: ${shortValue(value)}`).join(', ');
}
