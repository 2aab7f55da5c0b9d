// What is not saved yet, and the ways on: to discard it, or to look it through and save.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { actorOf, lastEntriesQuery } from '../../api/audit';
import { useConnection } from '../../api/connection';
import { entryOfVersion } from '../../format/audit';
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
  /** What both change, as it is called. */
  overlaps: string[];
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
  /** Where its versions are written down, and of which environment they are; without one of the whole. */
  history?: { spec: string; environment?: string };
  /** What it is, in a few words. */
  summary?: string;
  /** Where it is not an edited thing: what there is, and what the ways on are called. */
  said?: { what: string; discard: string; review: string };
}

export function UnsavedBar({ environment, draft, onReview, history, summary = '', said }: UnsavedBarProps) {
  const isAway = useConnection().state !== 'live';
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
      <div className={classes.unsavedWords}>
        {environment.color && <Swatch color={environment.color} />}
        <b>{what}</b>
        {summary !== '' && <span className={classes.summary}>{summary}</span>}
        {draft.movedOn && <Meanwhile movedOn={draft.movedOn} history={history} />}
        {isAway && <span className={classes.dim}>{words.keptHere}</span>}
        {!draft.isComplete && <span className={classes.warning}>{words.incomplete}</span>}
      </div>
      <div className={classes.unsavedActs}>
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
    </div>
  );
}

const NAMED = 3; // parts that are named

function Meanwhile({ movedOn: { version, overlaps }, history }: { movedOn: MovedOn; history: UnsavedBarProps['history'] }) {
  const entries = useQuery({ ...lastEntriesQuery(history?.spec ?? '', 0), enabled: history !== undefined }).data ?? [];
  const entry = entryOfVersion(entries, history?.environment, version);
  const saved = overlapWords.saved(version, entry && actorOf(entry));
  if (overlaps.length === 0) return <span className={classes.dim}>{overlapWords.apart(saved)}</span>;
  const named = overlaps.slice(0, NAMED).join(', ');
  const rest = overlaps.length - NAMED;
  return (
    <span className={classes.warning} role="alert">
      {overlapWords.overlap(saved, rest > 0 ? overlapWords.more(named, rest) : named)}
    </span>
  );
}
