// Which columns the list of flags has, and in which order.
import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import { inOrder, usualColumns, withMoved, withShown, type ColumnChoice } from '../../../format/columns';
import { flagListWords as words } from '../../../strings/flagList';
import classes from './list.module.css';

export interface ColumnChoicesProps {
  /** All that can be chosen, with their names. */
  all: Record<string, string>;
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

function Choices({ all, choice, onChange }: ColumnChoicesProps) {
  const ids = Object.keys(all);
  const order = inOrder(ids, choice);
  return (
    <Popover position="bottom-end" shadow="md" width={280} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size="xs" variant="default" aria-label={words.columns} title={words.columns}>
          <IconAdjustmentsHorizontal size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes.columns} aria-label={words.columns}>
          {order.map((id, at) => (
            <li key={id} className={classes.column}>
              <Checkbox
                size="xs"
                label={all[id]}
                checked={!choice.hidden.includes(id)}
                onChange={(event) => onChange(withShown(choice, id, event.currentTarget.checked))}
              />
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={words.columnEarlier(all[id] ?? id)}
                disabled={at === 0}
                onClick={() => onChange(withMoved(ids, choice, id, -1))}
              >
                <IconArrowUp size={14} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={words.columnLater(all[id] ?? id)}
                disabled={at === order.length - 1}
                onClick={() => onChange(withMoved(ids, choice, id, 1))}
              >
                <IconArrowDown size={14} stroke={1.6} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {choice !== usualColumns && (
          <Button size="xs" variant="subtle" onClick={() => onChange(usualColumns)}>
            {words.usualColumns}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Not drawn anew with what the filter finds. */
export default memo(Choices);
