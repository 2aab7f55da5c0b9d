// Entries of the audit log under their days; one of them stands open.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AuditEntry } from '../../api/audit';
import { byDay } from '../../format/audit';
import { auditWords as words } from '../../strings/audit';
import { AuditRow } from './AuditRow';
import classes from './audit.module.css';

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
  return (
    <div className={classes.list}>
      {byDay(entries, now).map((day) => (
        <section key={day.name} aria-label={day.name}>
          <h2 className={classes.day}>{day.name}</h2>
          {day.entries.map((entry) => (
            <AuditRow key={entry._id} entry={entry} isOpen={entry._id === open} onOpen={onOpen} />
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
