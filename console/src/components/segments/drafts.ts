// The unsaved changes of a segment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Segment, SegmentInstruction } from '../../api/segments';
import { readEdited, type Edited } from '../../format/drafts';
import { overlaps, withoutGone } from '../../format/overlap';
import { isWhole, membershipSteps, readMembership, type Membership } from '../../format/segmentSteps';
import { useDraft } from '../../ui/draft';
import type { MovedOn } from '../targeting/UnsavedBar';

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
  movedOn: MovedOn | undefined;
}

export function useSegmentDraft(name: string, segment: Segment): SegmentDraft {
  const saved = useMemo(() => readMembership(segment), [segment]);
  const draft = useDraft<Edited<Membership, 'membership'> | null>(`segment:${name}`, null, {
    read: (kept) => readEdited(kept, saved, 'membership'),
  });
  const { version } = segment;
  const fresh = { base: saved, version, membership: saved };
  const kept = draft.value ?? fresh;
  const hasMovedOn = version !== kept.version;
  const theirs = hasMovedOn ? membershipSteps(kept.base, saved) : [];
  const mine = withoutGone(membershipSteps(kept.base, kept.membership), theirs);
  const edited = hasMovedOn && mine.length === 0 ? fresh : kept; // what was edited back follows what is saved
  return {
    membership: edited.membership,
    base: edited.base,
    set: (change) => draft.set({ ...edited, membership: { ...edited.membership, ...change } }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps: mine as unknown as SegmentInstruction[],
    isComplete: isWhole(edited.membership),
    movedOn: hasMovedOn && mine.length > 0 ? { version, overlaps: overlaps(mine, theirs, edited.membership.rules) } : undefined,
  };
}
