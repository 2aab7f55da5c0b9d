// `/{p}/{e}/segments/{s}?open&review`: who is in a segment, which flags ask for it, and changing it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAccessTo, useRefusal } from '../api/may';
import { segmentQuery, useDeleteSegment, type Segment, type SegmentInstruction, type SegmentPlace } from '../api/segments';
import { DeleteDialog } from '../components/DeleteDialog';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { BigSegment } from '../components/segments/BigSegment';
import { nameOf } from '../components/segments/drafts';
import classes from '../components/segments/segments.module.css';
import { SEGMENT_ACTIONS, SegmentMembers } from '../components/segments/SegmentMembers';
import { SegmentRail } from '../components/segments/SegmentRail';
import { SegmentReview } from '../components/segments/SegmentReview';
import { BigKeysForm } from '../forms/BigKeysForm';
import { KeysUploadForm } from '../forms/KeysUploadForm';
import { DETAIL_ACTIONS, SegmentSettingsForm } from '../forms/SegmentSettingsForm';
import { paths } from '../paths';
import { segmentWords as words } from '../strings/segments';
import { Dialog } from '../ui/Dialog';
import { RowMenu } from '../ui/RowMenu';
import { FailureState, LoadingState } from '../ui/States';
import { useAddress } from '../ui/address';

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
  const { refusal, missing } = useAccessTo(DETAIL_ACTIONS, [{ name: '', resource }]);
  const ofDetails = DETAIL_ACTIONS.every((action) => refusal(action)) ? missing(...DETAIL_ACTIONS) : undefined;
  const acts = [
    { label: words.settings, run: () => change({ open: 'settings' }), refusal: ofDetails },
    { label: words.delete, run: () => change({ open: 'delete' }), refusal: useRefusal('deleteSegment', resource) },
  ];
  return (
    <RowMenu label={words.actions} acts={acts} isBig />
  );
}

const isEmptyBig = ({ _unboundedMetadata: size }: Segment) => size !== undefined && size.includedCount + size.excludedCount === 0;

const resourceOf = ({ project, environment, segment }: SegmentPlace) => `proj/${project}:env/${environment}:segment/${segment}`;

/** What a form asks to be reviewed. */
interface Typed {
  instructions: SegmentInstruction[];
  done: () => void;
}

/** Forms whose changes are reviewed, as the address calls them. */
const FORMS = ['settings', 'keys'];

function Content({ place, segment }: { place: SegmentPlace; segment: Segment }) {
  const { environment } = usePlace();
  const [search, change] = useAddress();
  const [typed, setTyped] = useState<Typed>();
  const access = useAccessTo([...SEGMENT_ACTIONS, ...DETAIL_ACTIONS], [{ name: environment.name, resource: resourceOf(place) }]);
  const refusal = access.refusal('updateIncluded');
  const open = (what: string) => change({ open: what });
  const close = () => change({ open: undefined, review: undefined }, true);
  const isReviewed = FORMS.includes(search.get('review') ?? '');
  const shown = search.get('open') ?? (typed === undefined ? search.get('review') : null); // read anew: the form has a draft
  const name = nameOf(place);
  const review = (form: string) => (instructions: SegmentInstruction[], done: () => void) => {
    setTyped({ instructions, done });
    change({ open: undefined, review: form });
  };
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {segment.unbounded ? (
          <BigSegment place={place} isEmpty={isEmptyBig(segment)} refusal={refusal} onUpload={() => open('upload')} onKeys={() => open('keys')} />
        ) : (
          <SegmentMembers
            access={access}
            place={place}
            segment={segment}
            environment={environment}
          />
        )}
      </div>
      <SegmentRail place={place} segment={segment} />
      {isReviewed && typed && (
        <SegmentReview
          change={{ ...place, instructions: typed.instructions }}
          segment={segment}
          environment={environment}
          onClose={close}
          onSaved={() => {
            setTyped(undefined);
            typed.done();
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
          <BigKeysForm name={name} onReview={review('keys')} />
        </Dialog>
      )}
      {shown === 'settings' && (
        <Dialog title={words.settings} onClose={close} closesOutside={false}>
          <SegmentSettingsForm name={name} access={access} segment={segment} onReview={review('settings')} />
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
  return (
    <DeleteDialog
      title={words.deleteTitle(segment.name, environment)}
      text={words.deleteText}
      act={words.delete}
      typed={segment.key}
      removal={remove}
      of={place}
      told={words.deleted(segment.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.segments(place.project, place.environment))}
    />
  );
}
