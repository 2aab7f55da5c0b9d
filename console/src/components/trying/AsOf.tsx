// Which version of the flag is tried: that of now, or one of the past.
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { auditQuery } from '../../api/audit';
import type { Flag } from '../../api/flags';
import { versionsMade } from '../../format/audit';
import { historySpec } from '../../format/auditFilters';
import { writeMoment, type Moment } from '../../format/moment';
import { exact } from '../../format/time';
import { tryWords as words } from '../../strings/trying';
import { Picker } from '../../ui/Picker';
import { usePlace } from '../place';
import classes from './trying.module.css';

export interface AsOfProps {
  flag: Flag;
  moment: Moment | undefined;
  /** Told what the address is to have: empty for now. */
  onChoose: (at: string) => void;
}

export function AsOf({ flag, moment, onChoose }: AsOfProps) {
  const { project, environment } = usePlace();
  const spec = historySpec(project.key, environment.key, flag.key);
  const log = useInfiniteQuery(auditQuery({ spec }));
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const newest = flag.environments?.[environment.key]?.version ?? 0;
  const past = versionsMade(entries, environment.key).filter(({ version }) => version !== newest);
  const shown = nameOf(moment) ?? words.nowVersion(newest);
  return (
    <span className={classes.asOf}>
      <span className={classes.dim} dir="auto">
        {words.inEnvironment(environment.name)}
      </span>
      <Picker
        label={words.asOf(shown)}
        shown={
          <span className={classes.line}>
            <IconHistory size={14} stroke={1.6} aria-hidden /> {shown}
          </span>
        }
        choices={[
          { key: '', name: words.nowVersion(newest) },
          ...past.map(({ version, date }) => ({ key: writeMoment({ version }), name: words.versionOf(version, exact(date)) })),
        ]}
        chosen={moment === undefined ? '' : writeMoment(moment)}
        onChoose={onChoose}
        asked={log}
        searchLabel={words.findVersion}
        nothingFound={words.noVersion}
      />
    </span>
  );
}

function nameOf(moment: Moment | undefined): string | undefined {
  if (moment?.version !== undefined) return words.version(moment.version);
  return moment?.date === undefined ? undefined : exact(moment.date);
}
