// Where an entry happened: an environment, several of them, the project or the account.
import type { AuditEntry } from '../../api/audit';
import { environmentKeysOf } from '../../format/audit';
import { readResource } from '../../format/specifiers';
import { auditWords as words } from '../../strings/audit';
import { Swatch } from '../../ui/Swatch';
import { usePlace } from '../place';
import classes from './audit.module.css';

export function EntryPlace({ entry }: { entry: AuditEntry }) {
  const { environments, project } = usePlace();
  const keys = environmentKeysOf(entry);
  const [only] = keys;
  const home = readResource(entry.target.resources[0] ?? '')?.project;
  if (keys.length === 1 && only !== undefined) {
    const environment = home === project.key ? environments.find(({ key }) => key === only) : undefined;
    return (
      <span className={classes.place}>
        {environment && <Swatch color={environment.color} />}
        <span dir="auto">{environment?.name ?? only}</span>
      </span>
    );
  }
  return <span className={classes.place}>{home === undefined ? words.wholeAccount : tellPlaces(keys.length, environments.length)}</span>;
}

function tellPlaces(count: number, all: number): string {
  if (count === 0) return words.project;
  return count >= all ? words.everyEnvironment : words.environments(count);
}
