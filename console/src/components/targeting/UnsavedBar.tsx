// What is not saved yet, and the ways on: to discard it, or to look it through and save.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { overlapWords } from '../../strings/overlap';
import { targetingWords as words } from '../../strings/targeting';
import { Keys } from '../../ui/KeyPill';
import { useShortcuts } from '../../ui/shortcuts';
import { Swatch } from '../../ui/Swatch';
import { tellDone } from '../../ui/toast';
import classes from './targeting.module.css';

/** What was saved by somebody since the editing began. */
export interface MovedOn {
  version: number;
  /** What both change, as it is called; undefined where that is not known. */
  overlaps?: string[];
}

export interface UnsavedDraft {
  steps: unknown[];
  isComplete: boolean;
  movedOn: MovedOn | undefined;
  /** Forgets it, and may tell how to put it back. */
  discard: () => (() => void) | undefined;
  /** Takes the last edit back. */
  undo?: (() => void) | undefined;
}

export interface UnsavedBarProps {
  /** Where it will be saved; all environments have no colour together. */
  environment: { name: string; color?: string };
  draft: UnsavedDraft;
  onReview: () => void;
  /** Where it is not an edited thing: what there is, and what the ways on are called. */
  said?: { what: string; discard: string; review: string };
}

export function UnsavedBar({ environment, draft, onReview, said }: UnsavedBarProps) {
  const what = said?.what ?? words.unsaved(draft.steps.length, environment.name);
  const review = () => {
    if (draft.isComplete) onReview();
  };
  const { undo } = draft;
  const reviewIt = said?.review ?? words.review;
  useShortcuts([
    { keys: 'mod+s', label: reviewIt, run: review },
    ...(undo ? [{ keys: 'mod+z', label: words.undoEdit, run: undo, notWhileTyping: true }] : []),
  ]);
  const discard = () => {
    const back = draft.discard();
    if (back) tellDone(words.discarded, back);
  };
  return (
    <div className={classes.unsaved} role="region" aria-label={what} data-floating>
      {environment.color && <Swatch color={environment.color} />}
      <b>{what}</b>
      <Meanwhile movedOn={draft.movedOn} />
      {!draft.isComplete && <span className={classes.warning}>{words.incomplete}</span>}
      <span className={classes.space} />
      {undo && (
        <Tooltip label={words.undoEdit}>
          <ActionIcon variant="subtle" color="gray" aria-label={words.undoEdit} aria-keyshortcuts="Control+Z Meta+Z" onClick={undo}>
            <IconArrowBackUp size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      <Button variant="subtle" color="gray" onClick={discard}>
        {said?.discard ?? words.discard}
      </Button>
      <Button onClick={review} disabled={!draft.isComplete} rightSection={<Keys keys="mod+s" />}>
        {reviewIt}
      </Button>
    </div>
  );
}

const NAMED = 3; // parts that are named

function Meanwhile({ movedOn }: { movedOn: MovedOn | undefined }) {
  if (movedOn === undefined) return null;
  const { version, overlaps } = movedOn;
  if (overlaps === undefined) return <span className={classes.dim}>{words.movedOn(version)}</span>;
  if (overlaps.length === 0) return <span className={classes.dim}>{overlapWords.apart(version)}</span>;
  const named = overlaps.slice(0, NAMED).join(', ');
  const rest = overlaps.length - NAMED;
  return (
    <span className={classes.warning} role="alert">
      {overlapWords.overlap(version, rest > 0 ? overlapWords.more(named, rest) : named)}
    </span>
  );
}
