// The review of a change of a segment, before it is saved: the sentence, and what flags would serve then.
import { useQuery } from '@tanstack/react-query';
import type { Environment } from '../../api/places';
import { segmentEffectQuery } from '../../api/effects';
import { segmentPreviewQuery, useChangeSegment, useUndoSegment, type Segment, type SegmentChange } from '../../api/segments';
import { sentenceOf } from '../../format/preview';
import { segmentWords as words } from '../../strings/segments';
import { tellDone } from '../../ui/toast';
import { Effect } from '../effects/Effect';
import { ReviewDrawer } from '../ReviewDrawer';

export interface SegmentReviewProps {
  change: SegmentChange;
  segment: Segment;
  environment: Environment;
  onClose: () => void;
  /** Wherever the reader is by then; the review closes itself. */
  onSaved: () => void;
}

export function SegmentReview({ change, segment, environment, onClose, onSaved }: SegmentReviewProps) {
  const { instructions, ...place } = change;
  const save = useChangeSegment();
  const takeBack = useUndoSegment();
  const preview = useQuery({ ...segmentPreviewQuery(change), select: (told) => ({ ...told, description: sentenceOf(told) }) });
  const effect = useQuery({ ...segmentEffectQuery(change), enabled: !segment.unbounded });
  const { name } = segment;
  const canUndo = !segment.unbounded; // keys of big segments are in no version
  const undo = (version: number) =>
    takeBack.mutate({ ...place, version, comment: words.undone(version - 1) }, { notDone: words.notRestored(name) });
  const run = (comment: string, done: () => void) =>
    save.mutate(
      { ...change, comment },
      {
        onSuccess: ({ version }) => {
          done();
          onSaved();
          tellDone(words.saved(name, environment.name), canUndo ? () => undo(version) : undefined, place.segment);
        },
        onHere: onClose,
      },
    );
  return (
    <ReviewDrawer
      onClose={onClose}
      subject={name}
      environment={environment}
      count={instructions.length}
      preview={preview}
      effect={segment.unbounded ? undefined : <Effect effect={effect} />}
      instructions={instructions}
      draft={`segment/${place.project}/${place.environment}/${place.segment}`}
      save={{ run, isPending: save.isPending, error: save.error }}
    />
  );
}
