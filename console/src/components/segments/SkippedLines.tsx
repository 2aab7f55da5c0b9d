// Which lines of a file hold no key, and why; the list opens on demand.
import { Button, ScrollArea, Table } from '@mantine/core';
import { useState } from 'react';
import type { Import } from '../../api/transfers';
import { count } from '../../format/number';
import { segmentWords as words } from '../../strings/segments';
import { Note } from '../../ui/Note';
import classes from './segments.module.css';

export function SkippedLines({ skipped: { count: all, lines } }: { skipped: Import['skipped'] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Note
        tone="warn"
        action={
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? words.hideSkipped : words.showSkipped}
          </Button>
        }
      >
        {words.skipped(all, count(all))}
      </Note>
      {isOpen && (
        <ScrollArea.Autosize
          mah={320}
          className={classes.skipped}
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': words.skippedLines }}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.line}>{words.line}</Table.Th>
                <Table.Th>{words.reason}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map(({ line, reason }) => (
                <Table.Tr key={line}>
                  <Table.Td className={classes.line}>{count(line)}</Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {all > lines.length && <p>{words.more(count(all - lines.length))}</p>}
        </ScrollArea.Autosize>
      )}
    </>
  );
}
