// The review of a change of a segment, before it is saved: the sentence, and what flags would serve then.
import { useQuery } from '@tanstack/react-query';
import type { Environment } from '../../api/places';
import { segmentEffectQuery, segmentPreviewQuery, useChangeSegment, useRestoreSegment, type Segment, type SegmentChange } from '../../api/segments';
import { count, counted } from '../../format/number';
import { segmentWords as words } from '../../strings/segments';
import { Note } from '../../ui/Note';
import { tellDone, tellFailed } from '../../ui/toast';
import { ReviewDrawer } from '../ReviewDrawer';

export interface SegmentReviewProps {
  change: SegmentChange;
  segment: Segment;
  environment: Environment;
  onClose: () => void;
  onSaved: () => void;
}

export function SegmentReview({ change, segment, environment, onClose, onSaved }: SegmentReviewProps) {
  const { instructions, ...place } = change;
  const save = useChangeSegment();
  const restore = useRestoreSegment();
  const preview = useQuery(segmentPreviewQuery(change));
  const { name, version } = segment;
  const canUndo = !segment.unbounded; // keys of big segments are in no version
  const undo = () =>
    restore.mutate(
      { ...place, version, comment: words.undone(version) },
      { onError: (error) => tellFailed(words.notRestored(name), error) },
    );
  const run = (comment: string, done: () => void) =>
    save.mutate(
      { ...change, comment },
      {
        onSuccess: () => {
          done();
          onSaved();
          tellDone(words.saved(name, environment.name), canUndo ? undo : undefined);
        },
      },
    );
  return (
    <ReviewDrawer
      onClose={onClose}
      subject={name}
      environment={environment}
      count={instructions.length}
      preview={preview}
      effect={segment.unbounded ? undefined : <Effect change={change} />}
      instructions={instructions}
      draft={`segment/${place.project}/${place.environment}/${place.segment}`}
      save={{ run, isPending: save.isPending, error: save.error }}
    />
  );
}

function Effect({ change }: { change: SegmentChange }) {
  const { data, error } = useQuery(segmentEffectQuery(change));
  if (error) return <Note tone="warn">{words.effectFailed}</Note>;
  if (!data) return null;
  const moved = data.flags.filter((flag) => flag.moved > 0);
  return (
    <Note tone="info" role="status">
      {moved.length === 0 && words.effectNone}
      {moved.map((flag) => (
        <div key={flag.key}>{words.effect(flag.key, counted(flag.estimate, 'context'))}</div>
      ))}
      {data.sampled < data.total && words.effectSample(count(data.sampled), count(data.total))}
    </Note>
  );
}
