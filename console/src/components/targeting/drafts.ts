// The unsaved changes of a flag in an environment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { isComplete, readTargeting, stepsBetween, type Targeting } from '../../format/steps';
import { followVariations, isOfSome } from '../../format/variationShift';
import { byRules, useEdits, type Edits } from './edits';

export interface TargetingDraft extends Omit<Edits<Targeting, 'targeting'>, 'steps'> {
  steps: Instruction[];
  isComplete: boolean;
}

/** `name` says whose draft it is. */
export function useTargetingDraft(name: string, flag: Flag, environment: string): TargetingDraft {
  const config = flag.environments?.[environment];
  const ids = useMemo(() => flag.variations.map((variation) => variation._id), [flag.variations]);
  const saved = useMemo<Targeting>(() => ({ ...readTargeting(config ?? {}), variationIds: ids }), [config, ids]);
  const edits = useEdits(`targeting:${name}`, 'targeting', saved, config?.version ?? 0, {
    ...byRules((before, after) => stepsBetween(before, after, ids)),
    follow: (targeting) => followVariations(targeting, ids),
  });
  return { ...edits, steps: edits.steps as unknown as Instruction[], isComplete: isComplete(edits.targeting) && edits.steps.every(isOfSome) };
}
