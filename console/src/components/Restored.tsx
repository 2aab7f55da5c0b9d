// Says that a form shows what was typed at an earlier visit, and lets one drop it.
import { Button } from '@mantine/core';
import { ago } from '../format/time';
import { words } from '../strings/shared';
import { Note } from '../ui/Note';
import { useState } from 'react';

export function Restored({ from, onDiscard }: { from: number | undefined; onDiscard: () => void }) {
  const [now] = useState(Date.now);
  if (from === undefined) return null;
  const discard = (
    <Button size="xs" variant="default" onClick={onDiscard}>
      {words.discard}
    </Button>
  );
  return (
    <Note tone="info" action={discard}>
      {words.restored(ago(from, now))}
    </Note>
  );
}
