// The unsaved changes of a flag in an environment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { readEdited, type Edited } from '../../format/drafts';
import { overlaps, withoutGone } from '../../format/overlap';
import { isComplete, readTargeting, stepsBetween, type AnsweredTargeting, type Targeting } from '../../format/steps';
import { useDraft } from '../../ui/draft';
import type { UnsavedDraft } from './UnsavedBar';

export interface TargetingDraft extends UnsavedDraft {
  targeting: Targeting;
  base: Targeting;
  set: (change: Partial<Targeting>) => void;
  steps: Instruction[];
  clear: () => void;
}

export function useTargetingDraft(name: string, flag: Flag, environment: string): TargetingDraft {
  const config = flag.environments?.[environment];
  const saved = useMemo(() => readTargeting((config ?? {}) as AnsweredTargeting), [config]);
  const version = config?.version ?? 0;
  const draft = useDraft<Edited<Targeting, 'targeting'> | null>(`targeting:${name}`, null, {
    read: (kept) => readEdited(kept, saved, 'targeting'),
  });
  const fresh = { base: saved, version, targeting: saved };
  const ids = flag.variations.map((variation) => variation._id);
  const kept = draft.value ?? fresh;
  const hasMovedOn = version !== kept.version;
  const theirs = hasMovedOn ? stepsBetween(kept.base, saved, ids) : [];
  const mine = withoutGone(stepsBetween(kept.base, kept.targeting, ids), theirs);
  const edited = hasMovedOn && mine.length === 0 ? fresh : kept; // what was edited back follows what is saved
  return {
    targeting: edited.targeting,
    base: edited.base,
    set: (change) => draft.set({ ...edited, targeting: { ...edited.targeting, ...change } }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps: mine as unknown as Instruction[],
    isComplete: isComplete(edited.targeting),
    movedOn: hasMovedOn && mine.length > 0 ? { version, overlaps: overlaps(mine, theirs, edited.targeting.rules) } : undefined,
  };
}
