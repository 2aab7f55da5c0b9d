// Entries of the audit log under their days; one of them stands open.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AuditEntry } from '../../api/audit';
import { byDay } from '../../format/audit';
import { auditWords as words } from '../../strings/audit';
import { useRowKeys } from '../../ui/rowKeys';
import { AuditRow } from './AuditRow';
import classes from './audit.module.css';

// All of it is in the document, and none is picked.
const LIST = { isPicked: () => false, onPick: undefined, scrollTo: () => undefined, more: [] };

export interface AuditListProps {
  entries: AuditEntry[];
  /** The id of the entry that stands open; empty for none. */
  open: string;
  onOpen: (id: string) => void;
  /** Whether older entries exist, and are being asked for. */
  older: { isThere: boolean; isLoading: boolean; load: () => unknown };
}

export function AuditList({ entries, open, onOpen, older }: AuditListProps) {
  const [now] = useState(Date.now);
  const list = useRef<HTMLDivElement>(null);
  const places = new Map(entries.map(({ _id }, place) => [_id, place]));
  useRowKeys({ ...LIST, scroller: list, total: entries.length, row: (place) => entries[place] });
  return (
    <div className={classes.list} ref={list}>
      {byDay(entries, now).map((day) => (
        <section key={day.name} aria-label={day.name}>
          <h2 className={classes.day}>{day.name}</h2>
          {day.entries.map((entry) => (
            <AuditRow key={entry._id} entry={entry} place={places.get(entry._id)} isOpen={entry._id === open} onOpen={onOpen} />
          ))}
        </section>
      ))}
      <div className={classes.end}>
        {older.isThere ? (
          <Button variant="default" loading={older.isLoading} onClick={() => void older.load()}>
            {words.older}
          </Button>
        ) : (
          <span>{words.end}</span>
        )}
      </div>
    </div>
  );
}
