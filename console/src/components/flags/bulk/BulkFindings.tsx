// What a change of many flags does, a sentence for each kind, and for which of them it cannot be done.
import { Button, Progress, Switch } from '@mantine/core';
import { Fragment } from 'react';
import type { BulkItem } from '../../../api/bulk';
import type { FlagRow } from '../../../api/flagRows';
import { countSteps, stepsOf, type BulkChange, type Findings, type Ready } from '../../../format/bulk';
import { bulkWords as words } from '../../../strings/bulk';
import { Markdown } from '../../../ui/Markdown';
import { Note } from '../../../ui/Note';
import type { Scope } from '../../ReviewDrawer';
import { FlagNames } from './FlagNames';
import classes from './bulk.module.css';

const CONFLICTS_SHOWN = 20;

export interface BulkFindingsProps {
  change: BulkChange;
  scope: Scope;
  checked: number;
  total: number;
  findings: Findings<FlagRow>;
  /** Those that will be changed. */
  items: readonly BulkItem[];
  leavesOut: boolean;
  onLeaveOut: (leavesOut: boolean) => void;
  onCheckAgain: () => void;
}

export function BulkFindings(props: BulkFindingsProps) {
  const { change, scope, checked, total, findings, items } = props;
  if (stepsOf(change).length === 0) return <p className={classes.hint}>{words.chooseTags}</p>;
  const isChecking = checked < total;
  return (
    <>
      {isChecking && <Checking done={checked} all={total} />}
      {items.length > 0 && (
        <div className={classes.sentence}>
          <Markdown text={sentences(change, items, scope.name)} />
          <FlagNames flags={items.map(({ flag }) => flag)} />
        </div>
      )}
      {!isChecking && items.length === 0 && <Note tone="info">{words.nothing}</Note>}
      <Conflicts {...props} ready={findings.ready.filter(({ conflicts }) => conflicts.length > 0)} />
      {findings.same.length > 0 && (
        <Note tone="info">
          {words.same(findings.same.length)}
          <FlagNames flags={findings.same} />
        </Note>
      )}
      {[...findings.refused].map(([reason, flags]) => (
        <Note tone="warn" key={reason}>
          {words.refused(flags.length)}. {reason}
          <FlagNames flags={flags} />
        </Note>
      ))}
      {!isChecking &&
        [...findings.unknown].map(([reason, flags]) => (
          <Note tone="bad" key={reason} role="alert" action={<CheckAgain onClick={props.onCheckAgain} />}>
            {words.unknown(flags.length)}. {reason}
            <FlagNames flags={flags} />
          </Note>
        ))}
    </>
  );
}

/** One for each kind of change that comes to pass, with the number of flags that it does. */
function sentences(change: BulkChange, items: readonly BulkItem[], where: string): string {
  const counts = countSteps(items);
  return stepsOf(change)
    .filter(({ kind }) => counts.has(kind))
    .map(({ kind, values = [] }) => {
      const tags = (values as string[]).map(words.tag).join(', ');
      return words.sentences[kind]?.(counts.get(kind) ?? 0, where, tags) ?? kind;
    })
    .join('\n');
}

function Checking({ done, all }: { done: number; all: number }) {
  const said = words.checking(done, all);
  return (
    <div>
      <Progress value={(100 * done) / all} size="sm" aria-label={said} />
      <p className={classes.hint}>{said}</p>
    </div>
  );
}

const CheckAgain = ({ onClick }: { onClick: () => void }) => (
  <Button size="xs" variant="default" onClick={onClick}>
    {words.checkAgain}
  </Button>
);

function Conflicts({ ready, leavesOut, onLeaveOut }: BulkFindingsProps & { ready: Ready<FlagRow>[] }) {
  if (ready.length === 0) return null;
  return (
    <Note tone="warn">
      {words.conflicts(ready.length)}
      <ul className={classes.conflicts}>
        {ready.slice(0, CONFLICTS_SHOWN).map(({ flag, conflicts }) => (
          <li key={flag.key}>
            <b dir="auto">{flag.name}</b>
            {conflicts.map((message) => (
              <Fragment key={message}>
                <br />
                {message}
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
      {ready.length > CONFLICTS_SHOWN && <p>{words.more(ready.length - CONFLICTS_SHOWN)}</p>}
      <Switch label={words.leaveOut(ready.length)} checked={leavesOut} onChange={(event) => onLeaveOut(event.currentTarget.checked)} />
    </Note>
  );
}
