// The last changes of a flag where one looks; each leads to its entry in the history.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { actorOf, lastEntriesQuery, type AuditEntry } from '../../../api/audit';
import type { Flag } from '../../../api/flags';
import { isDenied } from '../../../format/audit';
import { historySpec } from '../../../format/auditFilters';
import { plainText } from '../../../format/markdown';
import { paths } from '../../../paths';
import { auditWords } from '../../../strings/audit';
import { railWords as words } from '../../../strings/rail';
import { Initials } from '../../../ui/Initials';
import { MarkdownLine } from '../../../ui/Markdown';
import { RelativeTime } from '../../../ui/RelativeTime';
import { FailureState } from '../../../ui/States';
import { usePlace } from '../../place';
import classes from './rail.module.css';

const SHOWN = 3;

export function RecentChanges({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(lastEntriesQuery(historySpec(project.key, environment.key, flag.key), 0));
  const history = paths.flag(project.key, environment.key, flag.key, 'history');
  return (
    <section aria-label={words.recent}>
      <h2>
        <Link to={history}>{words.recent}</Link>
      </h2>
      {data === undefined && error && <FailureState what={auditWords.theHistory} error={error} onRetry={refetch} />}
      {data?.length === 0 && <p>{words.noChanges}</p>}
      {data && data.length > 0 && (
        <ul className={classes.changes}>
          {data.slice(0, SHOWN).map((entry) => (
            <Change key={entry._id} entry={entry} to={`${history}?entry=${entry._id}`} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Who did what; what exactly where the entry says it, since which flag it is one sees. */
function Change({ entry, to }: { entry: AuditEntry; to: string }) {
  const who = actorOf(entry);
  const what = isDenied(entry) ? '' : plainText(entry.description).split('\n', 1).join('');
  return (
    <li>
      <Initials name={who} label={who} isSilent />
      <Link to={to} className={classes.change}>
        <span className={classes.sentence} dir="auto">
          {who} {isDenied(entry) && words.wasRefused} <b>{what === '' ? <MarkdownLine text={entry.titleVerb} /> : what}</b>
        </span>
        <RelativeTime at={entry.date} />
      </Link>
    </li>
  );
}
