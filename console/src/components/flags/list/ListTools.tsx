// At the end of the line above the list of flags: how many there are in which order, picking by finger, columns.
import { Button } from '@mantine/core';
import { flagListWords as words } from '../../../strings/flagList';
import { UnreadButton, type Repeatable } from '../../../ui/UnreadButton';
import KeptOnServer, { type KeptOnServerProps } from '../../KeptOnServer';
import { SortChoice } from '../../SortChoice';
import ColumnChoices, { type ColumnChoicesProps } from './ColumnChoices';
import classes from './list.module.css';

export interface ListToolsProps extends Omit<ColumnChoicesProps, 'all'> {
  columns: ColumnChoicesProps['all'];
  /** How many flags there are: “214 flags”. */
  count: string;
  sort: string;
  onSort: (sort: string) => void;
  /** The query for what the flags in sight served. */
  traffic: Repeatable;
  isPicking: boolean;
  /** Whose choices these are, and where. */
  kept: KeptOnServerProps;
  onPicking: (isPicking: boolean) => void;
}

export default function ListTools({ columns, count, sort, onSort, traffic, isPicking, onPicking, kept, ...choosing }: ListToolsProps) {
  return (
    <>
      <KeptOnServer {...kept} />
      <UnreadButton asked={traffic} label={words.trafficUnread} />
      <SortChoice count={count} sort={sort} sorts={words.sorts} onChange={onSort} />
      <span className={classes.onTouch}>
        <Button size="xs" variant={isPicking ? 'light' : 'default'} aria-pressed={isPicking} onClick={() => onPicking(!isPicking)}>
          {isPicking ? words.pickNoMore : words.pickFlags}
        </Button>
      </span>
      <span className={classes.onWide}>
        <ColumnChoices all={columns} {...choosing} />
      </span>
    </>
  );
}
