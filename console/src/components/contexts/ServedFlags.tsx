// What each flag gives a context, and why; from there to the steps of that, and to giving it something else.
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, lazy, useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { servedPageQuery, type ContextPlace, type SeenContext, type Served } from '../../api/contexts';
import { tellReason } from '../../format/reason';
import { shortValue } from '../../format/value';
import { paths } from '../../paths';
import { contextWords as words } from '../../strings/contexts';
import { PagedTable } from '../../ui/PagedTable';
import { usePages } from '../../ui/pages';
import { readLate } from '../../ui/readLate';
import { RowMenu } from '../../ui/RowMenu';
import { EmptyState } from '../../ui/States';
import { linkTo, useAddress } from '../../ui/address';
import { NameCell } from '../NameCell';
import classes from './contexts.module.css';
import { GIVEN, REVIEWED } from './giving';

type Context = SeenContext['context'];

const GiveVariation = lazy(() => readLate(() => import('./GiveVariation')));

export function ServedFlags({ place, context }: { place: ContextPlace; context: Context }) {
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const { project, environment } = place;
  const pages = usePages<Served>(
    (offset, limit) => servedPageQuery(place, context, offset, limit),
    JSON.stringify([place, context]),
  );
  const columns = useMemo(() => {
    const explained = (flag: string) =>
      paths.flag(project, environment, flag, 'try') + linkTo(new URLSearchParams(), { context: JSON.stringify(context) });
    return servedColumns({ project, environment }, explained, (served) => [
      { label: words.explain, run: () => void navigate(explained(served.key)) },
      { label: words.give, run: () => change({ [GIVEN]: served.key }) },
    ]);
  }, [project, environment, context, navigate, change]);
  const given = search.get(GIVEN);
  return (
    <div className={classes.served}>
      <PagedTable
        pages={pages}
        what={words.theServed}
        label={words.served}
        columns={columns}
        rowKey={(served) => served.key}
        empty={<EmptyState title={words.noFlags} />}
      />
      {given !== null && (
        <Suspense fallback={null}>
          <GiveVariation key={given} flagKey={given} context={context} onClose={() => change({ [GIVEN]: undefined, [REVIEWED]: undefined }, true)} />
        </Suspense>
      )}
    </div>
  );
}

interface Act {
  label: string;
  run: () => void;
}

const servedColumns = (
  { project, environment }: ContextPlace,
  explained: (flag: string) => string,
  acts: (served: Served) => Act[],
): ColumnDef<Served>[] => [
  {
    id: 'flag',
    header: words.flag,
    meta: { track: 'minmax(160px, 2fr)' },
    cell: ({ row: { original: served } }) => (
      <NameCell name={served.name} resourceKey={served.key} tags={[]} to={paths.flag(project, environment, served.key)} />
    ),
  },
  {
    id: 'gets',
    header: words.gets,
    meta: { track: 'minmax(100px, 1fr)' },
    cell: ({ row }) => (
      <span className={classes.value} title={JSON.stringify(row.original._value)}>
        {shortValue(row.original._value)}
      </span>
    ),
  },
  {
    id: 'why',
    header: words.why,
    meta: { track: 'minmax(120px, 2fr)', hideOn: 'phone' },
    cell: ({ row }) => (
      <Link to={explained(row.original.key)}>
        {tellReason(row.original.reason)}
      </Link>
    ),
  },
  {
    id: 'acts',
    header: words.acts,
    meta: { track: '36px', align: 'end', isPlain: true },
    cell: ({ row: { original } }) => <RowMenu label={words.actions(original.name)} acts={acts(original)} />,
  },
];
