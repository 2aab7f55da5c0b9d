// The columns of the list of flags, as they are in one environment.
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { Suspense, lazy } from 'react';
import type { FlagRow } from '../../../api/flagRows';
import type { Environment } from '../../../api/places';
import { inOrder, type ColumnChoice } from '../../../format/columns';
import { tellTargeting } from '../../../format/targeting';
import { paths } from '../../../paths';
import { flagListWords as words } from '../../../strings/flagList';
import { flagWords } from '../../../strings/flags';
import { Initials } from '../../../ui/Initials';
import { RelativeTime } from '../../../ui/RelativeTime';
import { readLate } from '../../../ui/readLate';
import { Swatch } from '../../../ui/Swatch';
import { NameCell } from '../../NameCell';
import type { Place } from '../../place';
import { STATUS_ICONS } from '../statuses';
import { ListSwitch } from './ListSwitch';
import { isFalseOf, nameOf } from './naming';
import { ServedBar } from './ServedBar';
import { useTrafficOf } from './traffic';
import classes from './list.module.css';

// The counts come after the lines.
const Traffic = lazy(() => readLate(() => import('./FlagTraffic')));

const OTHER = 'on in ';
const MOST_OWN_COLUMNS = 3; // other environments that have a column each
export type Column = ColumnDef<FlagRow>;

/** What can be hidden and put in order; the name of the flag stands first, always. */
export const CHOSEN: Record<string, string> = {
  on: flagWords.switch,
  served: words.served,
  targeting: words.targeting,
  others: words.others,
  evaluations: words.evaluations,
  lifecycle: words.lifecycle,
  changed: flagWords.changed,
};

/** The columns as a member wants them. */
export function chosenColumns(columns: Column[], choice: ColumnChoice): Column[] {
  const order = inOrder(Object.keys(CHOSEN), choice).filter((id) => !choice.hidden.includes(id));
  const groupOf = ({ id = '' }: Column) => (id.startsWith(OTHER) ? 'others' : id);
  const chosen = [...columns.slice(0, 1), ...order.flatMap((id) => columns.filter((column) => groupOf(column) === id))];
  return chosen.map((column) => {
    const width = choice.widths[column.id ?? ''];
    return width === undefined ? column : { ...column, meta: { ...column.meta, track: `${width}px` } };
  });
}

export function flagColumns(place: Place): Column[] {
  const { project, environment, environments } = place;
  return [
    {
      id: 'flag',
      header: flagWords.flag,
      meta: { track: 'minmax(140px, 2.9fr)' },
      cell: ({ row: { original: flag } }) => (
        <NameCell
          name={flag.name}
          resourceKey={flag.key}
          tags={flag.tags}
          to={paths.flag(project.key, environment.key, flag.key)}
        />
      ),
    },
    {
      id: 'on',
      header: () => <EnvironmentName environment={environment} />,
      meta: { track: '88px' },
      cell: ({ row: { original: flag } }) => (
        <ListSwitch place={place} flag={flag} told={told(flag, environment.key).text} />
      ),
    },
    {
      id: 'served',
      header: words.served,
      meta: { track: 'minmax(120px, 2.4fr)', hideOn: 'phone' },
      cell: ({ row: { original: flag } }) => <ServedBar flag={flag} />,
    },
    {
      id: 'targeting',
      header: words.targeting,
      meta: { track: 'minmax(96px, 1.9fr)', hideOn: 'phone' },
      cell: ({ row: { original: flag } }) => <Targeting flag={flag} environment={environment.key} />,
    },
    ...dotColumns(environments.filter(({ key }) => key !== environment.key)),
    {
      id: 'evaluations',
      header: words.evaluations,
      meta: { track: '108px', align: 'end', hideOn: 'tablet' },
      cell: ({ row: { original: flag } }) => <Evaluations flag={flag.key} />,
    },
    {
      id: 'lifecycle',
      header: words.lifecycle,
      meta: { track: '76px', hideOn: 'tablet' },
      cell: ({ row: { original: flag } }) => <Lifecycle status={flag.status} />,
    },
    {
      id: 'changed',
      header: flagWords.changed,
      meta: { track: '88px', align: 'end', hideOn: 'phone' },
      cell: ({ row: { original: flag } }) => <Changed flag={flag} environment={environment.key} />,
    },
  ];
}

/** A column for each of a few other environments; one for all of many. */
function dotColumns(others: Environment[]): Column[] {
  if (others.length > MOST_OWN_COLUMNS) return [dotColumn('others', words.others, others, '120px')];
  return others.map((environment) => dotColumn(environment.key, environment.name, [environment], dotTrack(environment.name)));
}

/** Wide enough for a name of a usual length; of a longer one the beginning. */
const dotTrack = (name: string) => `${Math.min(Math.max(name.length * 7 + 8, 36), 64)}px`;

const dotColumn = (id: string, name: string, shown: Environment[], track: string): Column => ({
  id: OTHER + id,
  header: () => <span title={name}>{name}</span>,
  meta: { track, hideOn: 'tablet' },
  cell: ({ row: { original: flag } }) => (
    <span className={classes.dots}>
      {shown.map(({ key, name: called }) => {
        const on = flag.environments[key]?.on ?? false;
        const label = on ? words.onIn(called) : words.offIn(called);
        return <span key={key} className={classes.dot} data-on={on || undefined} role="img" aria-label={label} title={label} />;
      })}
    </span>
  ),
});

function EnvironmentName({ environment }: { environment: Environment }) {
  return (
    <span title={environment.name}>
      <Swatch color={environment.color} />
      <span className={classes.environment}>{environment.name}</span>
    </span>
  );
}

export function told(flag: FlagRow, environment: string) {
  if (flag.archived) return { text: words.archivedTold, isWarning: false }; // SDKs do not get it
  const targeting = flag.environments[environment];
  const name = (variation: number) => nameOf(flag, variation);
  return targeting
    ? tellTargeting(targeting, name, (variation) => isFalseOf(flag, variation))
    : { text: '', isWarning: false };
}

function Targeting({ flag, environment }: { flag: FlagRow; environment: string }) {
  const { text, isWarning } = told(flag, environment);
  return (
    <span className={classes.told} data-warning={isWarning || undefined} title={text}>
      {isWarning && <IconAlertTriangle size={14} stroke={1.6} aria-hidden />}
      <span>{text}</span>
    </span>
  );
}

function Evaluations({ flag }: { flag: string }) {
  const traffic = useTrafficOf(flag);
  return (
    traffic && (
      <Suspense fallback={null}>
        <Traffic traffic={traffic} />
      </Suspense>
    )
  );
}

function Lifecycle({ status }: { status: string }) {
  const Shown = STATUS_ICONS[status];
  return (
    <span className={classes.told}>
      {Shown && <Shown size={14} stroke={1.6} aria-hidden />}
      <span>{words.statuses[status] ?? status}</span>
    </span>
  );
}

export function Changed({ flag, environment }: { flag: FlagRow; environment: string }) {
  const { maintainer, maintainerTeamKey } = flag;
  const name = maintainer
    ? [maintainer.firstName, maintainer.lastName].filter(Boolean).join(' ') || maintainer.email
    : maintainerTeamKey;
  return (
    <span className={classes.changed}>
      <RelativeTime short at={flag.environments[environment]?.lastModified ?? flag.creationDate} />
      {name && <Initials name={name} label={words.maintainedBy(name)} />}
    </span>
  );
}
