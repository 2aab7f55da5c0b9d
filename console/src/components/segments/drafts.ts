// The unsaved changes of a segment: kept in this browser, and said as instructions.
import { useMemo } from 'react';
import type { Segment, SegmentInstruction, SegmentPlace } from '../../api/segments';
import { isWhole, membershipSteps, readMembership, type Membership } from '../../format/segmentSteps';
import { byRules, useEdits, type Edits } from '../targeting/edits';

export interface SegmentDraft extends Omit<Edits<Membership, 'membership'>, 'steps'> {
  steps: SegmentInstruction[];
  isComplete: boolean;
}

/** The name that drafts of a segment have in common. */
export const nameOf = ({ project, environment, segment }: SegmentPlace) => `${project}/${environment}/${segment}`;

export function useSegmentDraft(name: string, segment: Segment): SegmentDraft {
  const saved = useMemo(() => readMembership(segment), [segment]);
  const edits = useEdits(`segment:${name}`, 'membership', saved, segment.version, byRules(membershipSteps));
  return { ...edits, steps: edits.steps as unknown as SegmentInstruction[], isComplete: isWhole(edits.membership) };
}
