// `/{p}/{e}/flags?q&status&tag&maintainer&archived&sort`: all flags of a project, as they are in one environment.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { flagRowsQuery, flagTrafficQuery, type FlagRow } from '../api/flagRows';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { flagColumns } from '../components/flags/list/columns';
import { FlagFilters, FlagSort } from '../components/flags/list/FlagFilters';
import { useGlowing } from '../components/Following';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace, type Place } from '../components/place';
import { isFiltered, readFilters, withFilter, type FlagFilters as Filters } from '../format/flagFilters';
import { counted } from '../format/number';
import { paths } from '../paths';
import { filterWords } from '../strings/filters';
import { flagListWords } from '../strings/flagList';
import { flagWords as words } from '../strings/flags';
import { DataTable } from '../ui/DataTable';
import { Keys } from '../ui/KeyPill';
import { nothing, useAddress } from '../ui/address';
import { usePages, type Paged } from '../ui/pages';
import { useShortcuts } from '../ui/shortcuts';
import { EmptyState, FailureState } from '../ui/States';

const STILL = 150; // milliseconds without scrolling, after which traffic is asked for
const MOST_AT_ONCE = 100; // flags whose traffic is asked for in one call

export default function FlagsPage() {
  const place = usePlace();
  const { text, settled, setText } = useFilterText();
  const [search, changeAddress] = useAddress();
  const filters = { ...readFilters(search), q: settled };
  const change = (name: keyof Filters, value: string) =>
    changeAddress((before) => withFilter(before, name, value), true);
  const pages = usePages<FlagRow>((offset, limit) =>
    flagRowsQuery(place.project.key, place.environment.key, filters, offset, limit),
  );
  const { onVisible, trafficOf } = useTraffic(place, pages);
  const glowing = useGlowing('flag', place.project.key, place.environment.key);
  const columns = useMemo(() => flagColumns(place, trafficOf), [place, trafficOf]);
  const clear = () => {
    setText('');
    changeAddress(nothing, true);
  };
  const summary = (
    <FlagSort count={counted(pages.total, 'flag')} sort={filters.sort} onChange={(sort) => change('sort', sort)} />
  );
  return (
    <Page
      title={words.flags}
      environment={place.environment.name}
      actions={<NewFlagButton place={place} />}
      isFilling
      below={
        <FilterBar label={words.filter} text={text} onChange={setText} summary={summary}>
          <FlagFilters filters={filters} onChange={change} />
        </FilterBar>
      }
    >
      {pages.error ? (
        <FailureState what={words.theFlags} error={pages.error} onRetry={pages.refetch} />
      ) : (
        <DataTable
          {...pages}
          onVisible={onVisible}
          label={words.flags}
          columns={columns}
          rowKey={(flag) => flag.key}
          glowing={glowing}
          empty={isFiltered(filters) ? <NoMatch title={whyNone(filters)} clear={filterWords.clear} onClear={clear} /> : <NoFlags place={place} />}
        />
      )}
      <Outlet />
    </Page>
  );
}

/** What the flags in sight served, asked for when the list stands still. */
function useTraffic({ project, environment }: Place, pages: Paged<FlagRow>) {
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const [[first, last]] = useDebouncedValue(range, STILL);
  const wanted = Math.min(last - first + 1, MOST_AT_ONCE);
  const rows = Array.from({ length: wanted }, (_, at) => pages.row(first + at));
  const keys = rows.filter((row) => row !== undefined).map(({ key }) => key);
  const { data } = useQuery(flagTrafficQuery(project.key, environment.key, keys));
  const known = useMemo(() => new Map(data?.items.map((item) => [item.key, item])), [data]);
  const trafficOf = useCallback((key: string) => known.get(key), [known]);
  const tellPages = pages.onVisible;
  const onVisible = useCallback(
    (from: number, to: number) => {
      setRange([from, to]);
      tellPages(from, to);
    },
    [tellPages],
  );
  return { onVisible, trafficOf };
}

/** Opens the drawer over the list as it is: its filters stay in the address. */
function NewFlagButton({ place: { project, environment } }: { place: Place }) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const to = { pathname: paths.newFlag(project.key, environment.key), search };
  useShortcuts([{ keys: 'c', label: words.create, run: () => void navigate(to) }]);
  return (
    <Button component={Link} to={to} leftSection={<IconPlus size={16} />} rightSection={<Keys keys="c" />}>
      {words.create}
    </Button>
  );
}

function NoFlags({ place: { project, environment } }: { place: Place }) {
  const action = (
    <Button component={Link} to={paths.newFlag(project.key, environment.key)} leftSection={<IconPlus size={16} />}>
      {words.createFirst}
    </Button>
  );
  return <EmptyState icon={IconFlag} title={words.noneTitle} text={words.noneText} action={action} />;
}

/** What is said where nothing fits; of a text alone it is told. */
const whyNone = (filters: Filters): string =>
  isFiltered({ ...filters, q: '' }) ? flagListWords.noneFits : words.noneMatch(filters.q);
