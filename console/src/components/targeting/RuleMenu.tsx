// What can be done with a rule beside editing it: another place, or none.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { targetingWords as words } from '../../strings/targeting';

export interface RuleMenuProps {
  title: string;
  /** From 1. */
  place: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function RuleMenu({ title, place, count, onMove, onRemove }: RuleMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.actions(title)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={place === 1} onClick={() => onMove(-1)}>
          {words.moveUp}
        </Menu.Item>
        <Menu.Item disabled={place === count} onClick={() => onMove(1)}>
          {words.moveDown}
        </Menu.Item>
        <Menu.Item onClick={onRemove}>{words.removeRule}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
