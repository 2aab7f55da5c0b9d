// The unsaved changes of a flag in an environment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { readEdited, type Edited } from '../../format/drafts';
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
  const edited = draft.value ?? { base: saved, version, targeting: saved };
  const ids = flag.variations.map((variation) => variation._id);
  const steps = stepsBetween(edited.base, edited.targeting, ids) as unknown as Instruction[];
  return {
    targeting: edited.targeting,
    base: edited.base,
    set: (change) => draft.set({ ...edited, targeting: { ...edited.targeting, ...change } }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps,
    isComplete: isComplete(edited.targeting),
    movedOn: steps.length > 0 && version !== edited.version ? version : undefined,
  };
}
