// The review of one change of many flags: what it does and what it cannot, then how far it is, and what has failed.
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useBulkSaving, useChecks, useQuietBulkSaving, type BulkItem, type BulkOutcome, type BulkPlace } from '../../../api/bulk';
import type { FlagRow } from '../../../api/flagRows';
import { isWhole, reverseOf, sortFindings, stepsOf, type BulkChange } from '../../../format/bulk';
import { cssColor } from '../../../format/color';
import { bulkWords as words, type BulkAct } from '../../../strings/bulk';
import { useDraft } from '../../../ui/draft';
import { Keys } from '../../../ui/KeyPill';
import { Sheet, SheetBody, SheetFooter } from '../../../ui/Sheet';
import { useShortcuts } from '../../../ui/shortcuts';
import { tellDone, tellFailed } from '../../../ui/toast';
import { CommentField } from '../../CommentField';
import type { Scope } from '../../ReviewDrawer';
import { TagsField } from '../../TagsField';
import { usePlace } from '../../place';
import { useLeaving, type Reviewing } from '../../reviewing';
import { everywhere } from '../saving';
import { BulkFindings } from './BulkFindings';
import { BulkProgress } from './BulkProgress';
import classes from './bulk.module.css';

const CHANGES: Record<BulkAct, BulkChange> = {
  turnOn: { kind: 'turn', on: true },
  turnOff: { kind: 'turn', on: false },
  archive: { kind: 'archive', archived: true },
  restore: { kind: 'archive', archived: false },
  tags: { kind: 'tags', add: [], remove: [] },
};

export interface BulkReviewProps {
  flags: FlagRow[];
  act: BulkAct;
  /** Where the address says that it is open. */
  review: Reviewing;
  /** With the keys of those that are still to be changed, where something was saved. */
  onClose: (left?: ReadonlySet<string>) => void;
}

export function BulkReview({ flags, act, review, onClose }: BulkReviewProps) {
  const { project, environment, environments } = usePlace();
  const [change, setChange] = useState(CHANGES[act]);
  const scope: Scope = isWhole(change) ? everywhere(environments) : environment;
  const place: BulkPlace = { project: project.key, environment: isWhole(change) ? '' : environment.key };
  const saving = useBulkSaving(place);
  const tellSaved = useTellSaved(act, place, scope);
  const { outcome, isSaving } = saving;
  const end = (result: BulkOutcome) => {
    tellSaved(result.done);
    onClose(new Set([...result.failed.map(({ item }) => item), ...result.left].map(({ flag }) => flag.key)));
  };
  const save = async (items: readonly BulkItem[], comment: string, done: () => void) => {
    const result = await saving.save(items, comment);
    if (result.failed.length + result.left.length > 0) return;
    done();
    end(result);
  };
  const close = () => {
    if (outcome === undefined) onClose();
    else if (!isSaving) end(outcome); // what is under way is stopped by its own button
  };
  useLeaving(review, close);
  return (
    <Sheet title={<b>{words.titles[act](flags.length)}</b>} edge={scope.color && cssColor(scope.color)} onClose={close} closesOutside={false}>
      {outcome === undefined && change.kind === 'tags' && (
        <div className={classes.fields}>
          <TagsField kind="flag" label={words.addTags} value={change.add} onChange={(add) => setChange({ ...change, add })} />
          <TagsField kind="flag" label={words.removeTags} value={change.remove} onChange={(remove) => setChange({ ...change, remove })} />
        </div>
      )}
      <Stages {...{ flags, act, change, scope, place, saving, save }} />
    </Sheet>
  );
}

interface StagesProps {
  flags: FlagRow[];
  act: BulkAct;
  change: BulkChange;
  scope: Scope;
  place: BulkPlace;
  saving: ReturnType<typeof useBulkSaving>;
  save: (items: readonly BulkItem[], comment: string, done: () => void) => Promise<void>;
}

function Stages({ flags, act, change, scope, place, saving, save }: StagesProps) {
  const keys = useMemo(() => flags.map(({ key }) => key), [flags]);
  const steps = stepsOf(change);
  const { verdicts, again } = useChecks(place, keys, steps);
  const [leavesOut, setLeavesOut] = useState(false);
  const comment = useDraft(`comment:bulk:${place.project}/${place.environment}`, '');
  const findings = sortFindings(flags, verdicts);
  const items = findings.ready.filter(({ conflicts }) => !leavesOut || conflicts.length === 0);
  const isMissing = scope.requireComments && comment.value.trim() === '';
  const canSave = verdicts.size === flags.length && items.length > 0 && !isMissing;
  const said = comment.value.trim();
  const run = () => {
    if (canSave && saving.outcome === undefined) void save(items, said, comment.clear);
  };
  useShortcuts([{ keys: 'mod+enter', label: words.save[act](items.length, scope.name), run }]);
  if (saving.outcome !== undefined) {
    const again = () => void save(notYet(saving.outcome), said, comment.clear);
    return <BulkProgress outcome={saving.outcome} isSaving={saving.isSaving} onStop={saving.stop} onAgain={again} />;
  }
  return (
    <>
      <SheetBody>
        <BulkFindings
          {...{ change, scope, findings, items, leavesOut }}
          checked={verdicts.size}
          total={flags.length}
          onLeaveOut={setLeavesOut}
          onCheckAgain={again}
        />
        <CommentField scope={scope} comment={comment} />
      </SheetBody>
      <SheetFooter>
        <Button
          color={act === 'turnOff' || act === 'archive' ? 'red' : undefined}
          onClick={run}
          disabled={!canSave}
          rightSection={<Keys keys="mod+enter" />}
        >
          {words.save[act](items.length, scope.name)}
        </Button>
      </SheetFooter>
    </>
  );
}

const notYet = (outcome: BulkOutcome | undefined): BulkItem[] =>
  outcome === undefined ? [] : [...outcome.failed.map(({ item }) => item), ...outcome.left];

/** Says what was saved, and takes it back for each flag where that is asked. */
function useTellSaved(act: BulkAct, place: BulkPlace, scope: Scope) {
  const saveQuietly = useQuietBulkSaving();
  const undo = async (done: readonly BulkItem[]) => {
    const items = done.map(({ flag, steps }) => ({ flag, steps: reverseOf(steps) }));
    const { failed } = await saveQuietly(place, items, words.undoComment);
    if (failed.length === 0) {
      tellDone(words.undone(items.length));
      return;
    }
    const names = failed.map(({ item }) => item.flag.name).join(', ');
    tellFailed(words.notUndone(failed.length, names), new Error(failed[0]?.reason));
  };
  return (done: readonly BulkItem[]) => {
    if (done.length > 0) tellDone(words.done[act](done.length, scope.name), () => undo(done));
  };
}
