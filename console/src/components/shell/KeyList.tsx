// All keys that work on this page.
import { Table, Text, VisuallyHidden } from '@mantine/core';
import { shell } from '../../strings/shell';
import { Dialog } from '../../ui/Dialog';
import { Keys } from '../../ui/KeyPill';
import { usePrefs } from '../../ui/prefs';
import { useOffered, type Shortcut } from '../../ui/shortcuts';

export function KeyList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  if (!isOpen) return null;
  return (
    <Dialog title={shell.listKeys} onClose={onClose}>
      <KeyTable />
    </Dialog>
  );
}

/** Those of the page first, then those that work on every page. */
export function KeyTable() {
  const { singleKeys } = usePrefs();
  const offered = useOffered();
  const groups = [
    { label: shell.onThisPage, shown: offered.filter(({ scope }) => scope !== 'everywhere') },
    { label: shell.inEveryPage, shown: offered.filter(({ scope }) => scope === 'everywhere') },
  ];
  return (
    <>
      {groups
        .filter(({ shown }) => shown.length > 0)
        .map(({ label, shown }) => (
          <KeyGroup key={label} label={label} shortcuts={shown} />
        ))}
      {!singleKeys && <Text c="dimmed">{shell.singleKeysOff}</Text>}
    </>
  );
}

function KeyGroup({ label, shortcuts }: { label: string; shortcuts: Shortcut[] }) {
  const ordered = [...shortcuts].sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Table aria-label={label} verticalSpacing="xs" mb="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{label}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{shell.key}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ordered.map(({ keys, label: does }) => (
          <Table.Tr key={keys}>
            <Table.Td>{does}</Table.Td>
            <Table.Td w={140} ta="end">
              <Keys keys={keys} />
              <VisuallyHidden>{keys}</VisuallyHidden>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
