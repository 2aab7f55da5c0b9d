// What can be done with a row of a list, behind three dots.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';

export interface RowAct {
  label: string;
  run: () => void;
}

/** `label` names the row: “What can be done with terraform-ci”. */
export function RowMenu({ label, acts }: { label: string; acts: RowAct[] }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act.label} onClick={act.run}>
            {act.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
