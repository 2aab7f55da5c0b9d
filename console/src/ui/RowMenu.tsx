// What can be done with a row of a list, behind three dots.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import classes from './ui.module.css';

export interface RowAct {
  label: string;
  run: () => void;
  /** Why it cannot be done. */
  refusal?: string | undefined;
}

const INSIDE_ROW = { size: 'xs', variant: 'subtle', color: 'gray' };

/** `label` names the row: “What can be done with terraform-ci”. */
export function RowMenu({ label, acts, isBig = false }: { label: string; acts: RowAct[]; isBig?: boolean }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon {...(isBig ? {} : INSIDE_ROW)} aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act.label} onClick={act.run} disabled={act.refusal !== undefined} className={act.refusal === undefined ? '' : (classes.cannot ?? '')}>
            {act.label}
            {act.refusal !== undefined && <div className={classes.reason}>{act.refusal}</div>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
