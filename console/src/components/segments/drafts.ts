// The unsaved changes of a segment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Segment, SegmentInstruction } from '../../api/segments';
import { readEdited, type Edited } from '../../format/drafts';
import { isWhole, membershipSteps, readMembership, type Membership } from '../../format/segmentSteps';
import { useDraft } from '../../ui/draft';

export interface SegmentDraft {
  membership: Membership;
  base: Membership;
  set: (change: Partial<Membership>) => void;
  clear: () => void;
  discard: () => () => void;
  undo: (() => void) | undefined;
  steps: SegmentInstruction[];
  isComplete: boolean;
  /** The version that was saved by somebody since the editing began. */
  movedOn: number | undefined;
}

export function useSegmentDraft(name: string, segment: Segment): SegmentDraft {
  const saved = useMemo(() => readMembership(segment), [segment]);
  const draft = useDraft<Edited<Membership, 'membership'> | null>(`segment:${name}`, null, {
    read: (kept) => readEdited(kept, saved, 'membership'),
  });
  const edited = draft.value ?? { base: saved, version: segment.version, membership: saved };
  const steps = membershipSteps(edited.base, edited.membership) as unknown as SegmentInstruction[];
  return {
    membership: edited.membership,
    base: edited.base,
    set: (change) => draft.set({ ...edited, membership: { ...edited.membership, ...change } }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps,
    isComplete: isWhole(edited.membership),
    movedOn: steps.length > 0 && segment.version !== edited.version ? segment.version : undefined,
  };
}
