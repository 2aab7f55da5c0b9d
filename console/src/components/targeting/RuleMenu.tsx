// What can be done with a rule beside editing it: another place, or none.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { targetingWords as words } from '../../strings/targeting';

export interface RuleMenuProps {
  title: string;
  /** From 1. */
  place: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** Until it is opened for the first time it is only its button: a flag can have hundreds of rules. */
export function RuleMenu({ title, place, count, onMove, onRemove }: RuleMenuProps) {
  const [isUsed, setUsed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  const useIt = () => {
    flushSync(() => setUsed(true));
    target.current?.focus(); // the one that is there now, to which the focus comes back
    setOpen(true);
  };
  const button = (act: { onClick?: () => void }) => (
    <ActionIcon ref={target} size="xs" variant="subtle" color="gray" aria-label={words.actions(title)} aria-haspopup="menu" {...act}>
      <IconDots size={16} />
    </ActionIcon>
  );
  if (!isUsed) return button({ onClick: useIt });
  return (
    <Menu position="bottom-end" opened={isOpen} onChange={setOpen}>
      <Menu.Target>{button({})}</Menu.Target>
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
