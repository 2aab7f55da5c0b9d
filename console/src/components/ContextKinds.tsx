// The context kinds of a project, as a short table.
import { Button, Table } from '@mantine/core';
import type { ContextKind } from '../api/projects';
import { projectWords as words } from '../strings/projects';
import { KeyPill } from '../ui/KeyPill';
import { RelativeTime } from '../ui/RelativeTime';

export function ContextKinds({ kinds, onEdit }: { kinds: ContextKind[]; onEdit: (kind: ContextKind) => void }) {
  return (
    <Table.ScrollContainer minWidth={460}>
      <Table aria-label={words.kinds}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.kind}</Table.Th>
            <Table.Th>{words.description}</Table.Th>
            <Table.Th>{words.seen}</Table.Th>
            <Table.Th>{words.acts}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map((kind) => (
            <Table.Tr key={kind.key}>
              <Table.Td>
                <span dir="auto">{kind.name}</span> <KeyPill>{kind.key}</KeyPill>
              </Table.Td>
              <Table.Td dir="auto">{[kind.description, kind.hideInTargeting && words.hidden].filter(Boolean).join(' · ')}</Table.Td>
              <Table.Td>{kind.lastSeen === undefined ? words.never : <RelativeTime at={kind.lastSeen} />}</Table.Td>
              <Table.Td ta="right">
                <Button size="xs" variant="subtle" onClick={() => onEdit(kind)} aria-label={words.editKind(kind.name)}>
                  {words.edit}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
