// Says that the server has a newer console. Nothing is reloaded for anybody: what is shown goes on working.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { updatedQuery } from '../../api/build';
import { useStreamOpen } from '../../api/stream';
import { shell } from '../../strings/shell';
import { Note } from '../../ui/Note';
import classes from './shell.module.css';

export default function UpdateBanner() {
  const { data: isUpdated, refetch } = useQuery(updatedQuery);
  const isOpen = useStreamOpen();
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen && wasOpen.current) void refetch(); // what was restarted may have been updated
    wasOpen.current ||= isOpen;
  }, [isOpen, refetch]);
  if (!isUpdated) return null;
  const reload = (
    <Button size="xs" variant="default" onClick={() => location.reload()}>
      {shell.reload}
    </Button>
  );
  return (
    <div className={classes.banner}>
      <Note tone="info" role="status" action={reload}>
        <strong>{shell.updated}</strong> {shell.updatedHint}
      </Note>
    </div>
  );
}
