// `/{p}/{e}/flags?q&status&tag&maintainer&archived&sort`: all flags of a project, as they are in one environment.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useMemo, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate, type LoaderFunction } from 'react-router';
import { askAhead } from '../api/ahead';
import { sessionQuery } from '../api/auth';
import { flagRowsQuery, type FlagRow } from '../api/flagRows';
import { queries } from '../api/queries';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { CHOSEN, chosenColumns, flagColumns, type Column } from '../components/flags/list/columns';
import { keepView } from '../components/flags/list/lastView';
import { useFlagPicking } from '../components/flags/list/picking';
import { TrafficContext, useTraffic } from '../components/flags/list/traffic';
import { useGlowing } from '../components/Following';
import { Page } from '../components/Page';
import { usePlace, type Place } from '../components/place';
import { toType } from '../components/trying/typing';
import { columnsName, readColumns } from '../format/columns';
import { readFilters, withFilter, type FlagFilters as Filters } from '../format/flagFilters';
import { counted } from '../format/number';
import { keyOf, paths } from '../paths';
import { flagListWords } from '../strings/flagList';
import { flagWords as words } from '../strings/flags';
import { Keys } from '../ui/KeyPill';
import { nothing, useAddress } from '../ui/address';
import { useKept } from '../ui/kept';
import { PagedTable } from '../ui/PagedTable';
import { PAGE_SIZE, usePages } from '../ui/pages';
import { afterPaint } from '../ui/painted';
import { readLate } from '../ui/readLate';
import type { RowKey } from '../ui/rowKeys';
import { useSteady } from '../ui/steady';
import { useShortcuts } from '../ui/shortcuts';
import { FlagViews } from './FlagViews';

// Beside the lines, which come first.
const FlagFilters = lazy(afterPaint(() => import('../components/flags/list/FlagFilters')));
const ListTools = lazy(afterPaint(() => import('../components/flags/list/ListTools')));
const MayCreate = lazy(afterPaint(() => import('../components/flags/list/MayCreate')));
const WidthHandle = lazy(afterPaint(() => import('../components/flags/list/WidthHandle')));
// Where there is no flag, on phones, and once something is picked.
const NothingListed = lazy(() => readLate(() => import('../components/flags/list/NothingListed')));
const FlagCard = lazy(() => readLate(() => import('../components/flags/list/FlagCard')));
const PickBar = lazy(() => readLate(() => import('../components/flags/bulk/PickBar')));

const PHONE = '(max-width: 47.99em)';
const CARD_HEIGHT = { comfortable: 94, compact: 94 };

/** Asks for the first lines. */
export const loader: LoaderFunction = ({ params, request }) => {
  const filters = readFilters(new URL(request.url).searchParams);
  const [project, environment] = [keyOf(params.project ?? ''), keyOf(params.environment ?? '')];
  return askAhead(() => queries.query(flagRowsQuery(project, environment, filters, 0, PAGE_SIZE)));
};

export default function FlagsPage() {
  const place = usePlace();
  const { text, settled, setText } = useFilterText();
  const [search, changeAddress] = useAddress();
  const filters = { ...readFilters(search), q: settled };
  const change = useSteady((name: keyof Filters, value: string) =>
    changeAddress((before) => withFilter(before, name, value), true),
  );
  const pages = usePages<FlagRow>(
    (offset, limit) => flagRowsQuery(place.project.key, place.environment.key, filters, offset, limit),
    `${place.project.key}/${place.environment.key}`,
  );
  const { onVisible, known, traffic } = useTraffic(place, pages);
  const glowing = useGlowing('flag', place.project.key, place.environment.key);
  useEffect(() => keepView(place.project.key, search.toString()), [place.project.key, search]);
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const member = useQuery(sessionQuery).data?.member._id ?? '';
  const [choice, setChoice] = useKept(columnsName(member), readColumns);
  const columns = useMemo(
    () => (isPhone ? [cardColumn(place)] : chosenColumns(flagColumns(place), choice)),
    [isPhone, place, choice],
  );
  const [isPicking, setPicking] = useState(false);
  const { picks, picking, pickAll } = useFlagPicking(place, filters, pages);
  const rowKeys = useFlagRowKeys(place);
  const clear = () => {
    setText('');
    changeAddress(nothing, true);
  };
  const handleOf = (column: string) => (
    <Suspense fallback={null}>
      <WidthHandle column={column} name={CHOSEN[column] ?? column} choice={choice} onChange={setChoice} />
    </Suspense>
  );
  const create = <NewFlagButton place={place} />; // until it is known that the reader may not
  const summary = (
    <Suspense fallback={null}>
      <ListTools
        columns={CHOSEN}
        choice={choice}
        onChange={setChoice}
        count={counted(pages.known, 'flag')}
        sort={filters.sort}
        onSort={(sort) => change('sort', sort)}
        kept={{ member, project: place.project.key }}
        traffic={traffic}
        isPicking={isPicking}
        onPicking={setPicking}
      />
    </Suspense>
  );
  return (
    <Page
      title={words.flags}
      environment={place.environment.name}
      actions={
        <Suspense fallback={create}>
          <MayCreate>{create}</MayCreate>
        </Suspense>
      }
      isFilling
      below={
        <>
          <FlagViews />
          <FilterBar label={words.filter} text={text} onChange={setText} summary={summary}>
            <Suspense fallback={null}>
              <FlagFilters filters={filters} onChange={change} />
            </Suspense>
          </FilterBar>
        </>
      }
    >
      <TrafficContext value={known}>
        <PagedTable
          pages={pages}
          what={words.theFlags}
          onVisible={onVisible}
          label={words.flags}
          columns={columns}
          rowKey={(flag) => flag.key}
          glowing={glowing}
          picking={{ ...picking, isShown: isPicking }}
          {...(isPhone ? { rowHeight: CARD_HEIGHT } : { headerEnd: handleOf })}
          rowKeys={rowKeys}
          pickBar={
            picks.rows.size > 0 && (
              <Suspense fallback={null}>
                <PickBar picks={picks} total={pages.total} pickAll={pickAll} />
              </Suspense>
            )
          }
          empty={
            <Suspense fallback={null}>
              <NothingListed filters={filters} onClear={clear} />
            </Suspense>
          }
        />
      </TrafficContext>
      <Outlet />
    </Page>
  );
}

/** The one column of the list on a phone. */
const cardColumn = (place: Place): Column => ({
  id: 'card',
  header: words.flag,
  meta: { track: 'minmax(0, 1fr)', isPlain: true },
  cell: ({ row: { original: flag } }) => (
    <Suspense fallback={null}>
      <FlagCard place={place} flag={flag} />
    </Suspense>
  ),
});

function useFlagRowKeys({ project, environment }: Place): RowKey<FlagRow>[] {
  const navigate = useNavigate();
  const tryOne = (flag: FlagRow) => void navigate(paths.flag(project.key, environment.key, flag.key, 'try'), toType);
  return [
    { keys: 't', label: flagListWords.tryContext, run: tryOne },
    { keys: 'mod+shift+x', label: flagListWords.turn, run: (_, row) => row.querySelector<HTMLElement>('[role=switch]')?.click() },
  ];
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

