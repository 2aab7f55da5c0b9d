// The button that makes a page's main thing, also by its key.
import { IconPlus, type Icon } from '@tabler/icons-react';
import { GuardedButton } from './GuardedButton';
import { Keys } from './KeyPill';
import { useShortcuts } from './shortcuts';

export interface CreateButtonProps {
  label: string;
  icon?: Icon;
  onClick: () => void;
  /** Why it cannot be made. */
  refusal?: string | undefined;
}

export function CreateButton({ label, icon: Shape = IconPlus, onClick, refusal }: CreateButtonProps) {
  useShortcuts(refusal === undefined ? [{ keys: 'c', label, run: onClick }] : []);
  return (
    <GuardedButton leftSection={<Shape size={16} />} rightSection={<Keys keys="c" />} refusal={refusal} onClick={onClick}>
      {label}
    </GuardedButton>
  );
}
