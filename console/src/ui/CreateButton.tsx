// The button that makes a page's main thing, also by its key.
import { Button } from '@mantine/core';
import { IconPlus, type Icon } from '@tabler/icons-react';
import { Keys } from './KeyPill';
import { useShortcuts } from './shortcuts';

export interface CreateButtonProps {
  label: string;
  icon?: Icon;
  onClick: () => void;
}

export function CreateButton({ label, icon: Shape = IconPlus, onClick }: CreateButtonProps) {
  useShortcuts([{ keys: 'c', label, run: onClick }]);
  return (
    <Button leftSection={<Shape size={16} />} rightSection={<Keys keys="c" />} onClick={onClick}>
      {label}
    </Button>
  );
}
