// One entry of the audit log: a line that opens to what was changed, and why.
import { IconChevronDown, IconChevronRight, IconCode, IconForbid } from '@tabler/icons-react';
import { useId } from 'react';
import { actorOf, type AuditEntry } from '../../api/audit';
import { isDenied, versionChange } from '../../format/audit';
import { plainText } from '../../format/markdown';
import { exact } from '../../format/time';
import { auditWords as words } from '../../strings/audit';
import { Initials } from '../../ui/Initials';
import { MarkdownLine } from '../../ui/Markdown';
import { AuditDetail } from './AuditDetail';
import { EntryPlace } from './EntryPlace';
import classes from './audit.module.css';

export interface AuditRowProps {
  entry: AuditEntry;
  isOpen: boolean;
  /** Its place in the list, from 0; without one it stands apart. */
  place?: number | undefined;
  /** Told the id of the entry to open; empty to close it. */
  onOpen: (id: string) => void;
}

const clock = (at: number) => new Date(at).toLocaleTimeString('en-GB');

export function AuditRow({ entry, isOpen, place, onOpen }: AuditRowProps) {
  const body = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <article className={classes.entry} data-row={place} data-open={isOpen || undefined}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => onOpen(isOpen ? '' : entry._id)}
      >
        <time className={classes.time} dateTime={new Date(entry.date).toISOString()} title={exact(entry.date)}>
          {clock(entry.date)}
        </time>
        <Actor entry={entry} />
        <span className={classes.sentence} dir="auto">
          <Sentence entry={entry} />
        </span>
        <EntryPlace entry={entry} />
        <span className={classes.versions}>{versionChange(entry)}</span>
        <Chevron size={14} stroke={1.6} aria-hidden />
      </button>
      {isOpen && (
        <div id={body} className={classes.opened}>
          <AuditDetail entry={entry} />
        </div>
      )}
    </article>
  );
}

function Actor({ entry }: { entry: AuditEntry }) {
  if (entry.member !== undefined) return <Initials name={actorOf(entry)} label={words.by} isSilent />;
  return (
    <span className={classes.machine} aria-hidden>
      <IconCode size={13} stroke={1.6} />
    </span>
  );
}

/** Who did what to which thing, and the first of what changed. */
function Sentence({ entry }: { entry: AuditEntry }) {
  const more = isDenied(entry) ? '' : plainText(entry.description);
  return (
    <>
      {isDenied(entry) && (
        <span className={classes.refused}>
          <IconForbid size={13} stroke={1.8} aria-hidden />
          {words.refused}
        </span>
      )}
      {actorOf(entry)} <MarkdownLine text={entry.titleVerb} /> <b>{entry.name}</b>
      {more !== '' && <span className={classes.more}>: {more}</span>}
    </>
  );
}
