// All keys that work on this page.
import { Table, VisuallyHidden } from '@mantine/core';
import { shell } from '../../strings/shell';
import { Dialog } from '../../ui/Dialog';
import { Keys } from '../../ui/KeyPill';
import { useAllShortcuts, type Shortcut } from '../../ui/shortcuts';

export function KeyList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  if (!isOpen) return null;
  return (
    <Dialog title={shell.listKeys} onClose={onClose}>
      <KeyTable />
    </Dialog>
  );
}

export function KeyTable() {
  const known = new Map<string, Shortcut>(useAllShortcuts().flat().map((shortcut) => [shortcut.keys, shortcut]));
  const ordered = [...known.values()].sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Table aria-label={shell.listKeys} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{shell.key}</Table.Th>
          <Table.Th>{shell.does}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ordered.map((shortcut) => (
          <Table.Tr key={shortcut.keys}>
            <Table.Td w={140}>
              <Keys keys={shortcut.keys} />
              <VisuallyHidden>{shortcut.keys}</VisuallyHidden>
            </Table.Td>
            <Table.Td>{shortcut.label}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
