// How far a change of many flags is; at its end, which could not be changed and why.
import { Button, Progress } from '@mantine/core';
import type { BulkOutcome } from '../../../api/bulk';
import { bulkWords as words } from '../../../strings/bulk';
import { Note } from '../../../ui/Note';
import { SheetBody, SheetFooter } from '../../../ui/Sheet';
import classes from './bulk.module.css';

export interface BulkProgressProps {
  outcome: BulkOutcome;
  isSaving: boolean;
  onStop: () => void;
  /** Tries those again that are not changed. */
  onAgain: () => void;
}

export function BulkProgress({ outcome: { done, failed, left }, isSaving, onStop, onAgain }: BulkProgressProps) {
  const all = done.length + failed.length + left.length;
  const said = words.saving(done.length, all);
  const open = failed.length + left.length;
  return (
    <>
      <SheetBody>
        <div role="status">
          <Progress value={(100 * (all - left.length)) / all} size="sm" aria-label={said} />
          <p className={classes.hint}>{said}</p>
        </div>
        {!isSaving && left.length > 0 && <Note tone="warn">{words.stopped(left.length)}</Note>}
        {failed.length > 0 && (
          <Note tone="bad" role={isSaving ? undefined : 'alert'}>
            {words.failed(failed.length)}
            <ul className={classes.conflicts}>
              {failed.map(({ item: { flag }, reason }) => (
                <li key={flag.key}>
                  <b dir="auto">{flag.name}</b>
                  <br />
                  {reason}
                </li>
              ))}
            </ul>
          </Note>
        )}
      </SheetBody>
      <SheetFooter>
        {isSaving ? (
          <Button variant="default" onClick={onStop}>
            {words.stop}
          </Button>
        ) : (
          open > 0 && <Button onClick={onAgain}>{words.tryAgain(open)}</Button>
        )}
      </SheetFooter>
    </>
  );
}
