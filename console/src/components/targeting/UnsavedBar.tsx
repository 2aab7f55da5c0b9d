// What is not saved yet, and the ways on: to discard it, or to look it through and save.
import { Button } from '@mantine/core';
import { targetingWords as words } from '../../strings/targeting';
import { Keys } from '../../ui/KeyPill';
import { useShortcuts } from '../../ui/shortcuts';
import { Swatch } from '../../ui/Swatch';
import classes from './targeting.module.css';

export interface UnsavedDraft {
  steps: unknown[];
  isComplete: boolean;
  /** The version that was saved by somebody since the editing began. */
  movedOn: number | undefined;
  clear: () => void;
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
  useShortcuts([{ keys: 'mod+s', label: words.review, run: review }]);
  return (
    <div className={classes.unsaved} role="region" aria-label={what}>
      {environment.color && <Swatch color={environment.color} />}
      <b>{what}</b>
      {draft.movedOn !== undefined && <span className={classes.dim}>{words.movedOn(draft.movedOn)}</span>}
      {!draft.isComplete && <span className={classes.warning}>{words.incomplete}</span>}
      <span className={classes.space} />
      <Button variant="subtle" color="gray" onClick={draft.clear}>
        {said?.discard ?? words.discard}
      </Button>
      <Button onClick={review} disabled={!draft.isComplete} rightSection={<Keys keys="mod+s" />}>
        {said?.review ?? words.review}
      </Button>
    </div>
  );
}
