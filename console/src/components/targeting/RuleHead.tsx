// The head of a rule, of a flag or of a segment: what it is called, and what can be done with it.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';
import { RuleMenu, type RuleMenuProps } from './RuleMenu';
import type { Ordered } from './ruleOrder';
import classes from './targeting.module.css';

export interface RuleHeadProps extends Ordered, RuleMenuProps {
  isEdited: boolean;
  onEdit: (isEdited: boolean) => void;
  /** What stands behind the title. */
  note?: ReactNode;
  /** What stands before the buttons. */
  outcome?: ReactNode;
  /** Why it may neither be moved nor removed, though parts of it may be edited. */
  refusal?: string | undefined;
}

export function RuleHead({ handle, note, outcome, refusal, isEdited, onEdit, ...menu }: RuleHeadProps) {
  return (
    <div className={`${classes.cardHead} ${classes.headOfTwo}`}>
      {handle !== false && (
        <Locked isTold refusal={refusal}>
          {handle}
        </Locked>
      )}
      <div className={classes.headWords}>
        <h2 dir="auto">{menu.title}</h2>
        {note !== undefined && <span className={classes.dim}>{note}</span>}
        <span className={classes.space} />
        {outcome}
      </div>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`${isEdited ? words.done : words.edit} ${menu.title}`}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={() => onEdit(!isEdited)}
      >
        {isEdited ? words.done : words.edit}
      </Button>
      <Locked isTold refusal={refusal}>
        <RuleMenu {...menu} />
      </Locked>
    </div>
  );
}
