// What the list beside a flag says of each: its name, and whether it is on here.
import type { ColumnDef } from '@tanstack/react-table';
import type { FlagRow } from '../../../api/flagRows';
import { paths } from '../../../paths';
import { flagWords } from '../../../strings/flags';
import { words } from '../../../strings/shared';
import { NameCell } from '../../NameCell';
import type { Place } from '../../place';
import classes from './beside.module.css';

export function besideColumns({ project, environment }: Place, current: string, tab: string): ColumnDef<FlagRow>[] {
  return [
    {
      id: 'flag',
      header: flagWords.flag,
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original: flag } }) => (
        <NameCell
          name={flag.name}
          resourceKey={flag.key}
          tags={flag.tags}
          to={paths.flag(project.key, environment.key, flag.key, tab)}
          isCurrent={flag.key === current}
        />
      ),
    },
    {
      id: 'on',
      header: environment.name,
      meta: { track: '72px' },
      cell: ({ row: { original: flag } }) => {
        const on = flag.environments[environment.key]?.on ?? false;
        return (
          <span className={classes.state} data-on={on || undefined}>
            {on ? words.on : words.off}
          </span>
        );
      },
    },
  ];
}
