// `/{p}/{e}/segments/{s}?open`: who is in a segment, which flags ask for it, and changing it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRefusal } from '../api/may';
import { segmentQuery, useDeleteSegment, type Segment, type SegmentInstruction, type SegmentPlace } from '../api/segments';
import { DeleteDialog } from '../components/DeleteDialog';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { BigSegment } from '../components/segments/BigSegment';
import classes from '../components/segments/segments.module.css';
import { SegmentMembers } from '../components/segments/SegmentMembers';
import { SegmentRail } from '../components/segments/SegmentRail';
import { SegmentReview } from '../components/segments/SegmentReview';
import { BigKeysForm } from '../forms/BigKeysForm';
import { KeysUploadForm } from '../forms/KeysUploadForm';
import { SegmentSettingsForm } from '../forms/SegmentSettingsForm';
import { paths } from '../paths';
import { segmentWords as words } from '../strings/segments';
import { Dialog } from '../ui/Dialog';
import { RowMenu } from '../ui/RowMenu';
import { FailureState, LoadingState } from '../ui/States';
import { useAddress } from '../ui/address';
import { tellDone } from '../ui/toast';

export default function SegmentPage() {
  const { project, environment } = usePlace();
  const { segment: key = '' } = useParams();
  const place: SegmentPlace = { project: project.key, environment: environment.key, segment: key };
  const trail = [{ label: words.segments, to: paths.segments(project.key, environment.key) }];
  const { data: segment, error, refetch } = useQuery(segmentQuery(place));
  if (segment === undefined) {
    return (
      <Page title={key} environment={environment.name} trail={trail}>
        {error ? <FailureState what={words.theSegment(key)} error={error} onRetry={refetch} /> : <LoadingState rows={5} />}
      </Page>
    );
  }
  return (
    <Page
      title={segment.name}
      environment={environment.name}
      trail={trail}
      resourceKey={segment.key}
      tags={segment.unbounded ? [words.big, ...segment.tags] : segment.tags}
      description={segment.description ?? ''}
      actions={<SegmentMenu resource={resourceOf(place)} />}
    >
      <Content key={`${environment.key} ${segment.key}`} place={place} segment={segment} />
    </Page>
  );
}

function SegmentMenu({ resource }: { resource: string }) {
  const [, change] = useAddress();
  const acts = [
    { label: words.settings, run: () => change({ open: 'settings' }), refusal: useRefusal('updateName', resource) },
    { label: words.delete, run: () => change({ open: 'delete' }), refusal: useRefusal('deleteSegment', resource) },
  ];
  return (
    <RowMenu label={words.actions} acts={acts} isBig />
  );
}

const isEmptyBig = ({ _unboundedMetadata: size }: Segment) => size !== undefined && size.includedCount + size.excludedCount === 0;

const resourceOf = ({ project, environment, segment }: SegmentPlace) => `proj/${project}:env/${environment}:segment/${segment}`;

interface Reviewed {
  instructions: SegmentInstruction[];
  done: () => void;
}

function Content({ place, segment }: { place: SegmentPlace; segment: Segment }) {
  const { environment } = usePlace();
  const [search, change] = useAddress();
  const [reviewed, setReviewed] = useState<Reviewed>();
  const refusal = useRefusal('updateIncluded', resourceOf(place));
  const rulesRefusal = useRefusal('updateRules', resourceOf(place));
  const open = (what: string) => change({ open: what });
  const close = () => change({ open: undefined });
  const shown = search.get('open');
  const name = `${place.project}/${place.environment}/${place.segment}`;
  const review = (instructions: SegmentInstruction[], done: () => void) => {
    close();
    setReviewed({ instructions, done });
  };
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {segment.unbounded ? (
          <BigSegment place={place} isEmpty={isEmptyBig(segment)} refusal={refusal} onUpload={() => open('upload')} onKeys={() => open('keys')} />
        ) : (
          <SegmentMembers
            refusals={{ keys: refusal, rules: rulesRefusal }}
            name={name}
            segment={segment}
            environment={environment}
            onReview={review}
          />
        )}
      </div>
      <SegmentRail place={place} segment={segment} />
      {reviewed && (
        <SegmentReview
          change={{ ...place, instructions: reviewed.instructions }}
          segment={segment}
          environment={environment}
          onClose={() => setReviewed(undefined)}
          onSaved={() => {
            setReviewed(undefined);
            reviewed.done();
          }}
        />
      )}
      {shown === 'upload' && refusal === undefined && (
        <Dialog title={words.upload} onClose={close} closesOutside={false}>
          <KeysUploadForm place={place} onDone={close} />
        </Dialog>
      )}
      {shown === 'keys' && refusal === undefined && (
        <Dialog title={words.change} onClose={close} closesOutside={false}>
          <BigKeysForm name={name} onReview={review} />
        </Dialog>
      )}
      {shown === 'settings' && (
        <Dialog title={words.settings} onClose={close} closesOutside={false}>
          <SegmentSettingsForm name={name} segment={segment} onReview={review} />
        </Dialog>
      )}
      {shown === 'delete' && <RemoveDialog place={place} segment={segment} environment={environment.name} onClose={close} />}
    </div>
  );
}

interface RemoveDialogProps {
  place: SegmentPlace;
  segment: Segment;
  environment: string;
  onClose: () => void;
}

function RemoveDialog({ place, segment, environment, onClose }: RemoveDialogProps) {
  const remove = useDeleteSegment();
  const navigate = useNavigate();
  const onSuccess = () => {
    tellDone(words.deleted(segment.name));
    void navigate(paths.segments(place.project, place.environment));
  };
  return (
    <DeleteDialog
      title={words.deleteTitle(segment.name, environment)}
      text={words.deleteText}
      act={words.delete}
      typed={segment.key}
      removal={remove}
      of={place}
      onRemoved={onSuccess}
      onClose={onClose}
    />
  );
}
