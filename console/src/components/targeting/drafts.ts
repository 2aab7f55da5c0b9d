// The unsaved changes of a flag in an environment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { isComplete, readTargeting, stepsBetween, type AnsweredTargeting, type Targeting } from '../../format/steps';
import { byRules, useEdits, type Edits } from './edits';

export interface TargetingDraft extends Omit<Edits<Targeting, 'targeting'>, 'steps'> {
  steps: Instruction[];
  isComplete: boolean;
}

/** `name` says whose draft it is. */
export function useTargetingDraft(name: string, flag: Flag, environment: string): TargetingDraft {
  const config = flag.environments?.[environment];
  const saved = useMemo(() => readTargeting((config ?? {}) as AnsweredTargeting), [config]);
  const ids = flag.variations.map((variation) => variation._id);
  const edits = useEdits(`targeting:${name}`, 'targeting', saved, config?.version ?? 0, byRules((before, after) => stepsBetween(before, after, ids)));
  return { ...edits, steps: edits.steps as unknown as Instruction[], isComplete: isComplete(edits.targeting) };
}
