// The members of a big segment: what one can do with its keys.
import { Button } from '@mantine/core';
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import type { SegmentPlace } from '../../api/segments';
import { useFetchKeys } from '../../api/transfers';
import { present } from '../../format/failure';
import { segmentWords as words } from '../../strings/segments';
import { GuardedButton } from '../../ui/GuardedButton';
import { Note } from '../../ui/Note';
import { ImportState } from './ImportState';
import classes from './segments.module.css';

export interface BigSegmentProps {
  place: SegmentPlace;
  /** Why the reader may not change its keys. */
  refusal: string | undefined;
  isEmpty: boolean;
  onUpload: () => void;
  onKeys: () => void;
}

export function BigSegment({ place, refusal, isEmpty, onUpload, onKeys }: BigSegmentProps) {
  const fetch = useFetchKeys(place);
  return (
    <>
      <div className={classes.acts}>
        <GuardedButton leftSection={<IconUpload size={16} />} refusal={refusal} onClick={onUpload}>
          {words.upload}
        </GuardedButton>
        <GuardedButton variant="default" leftSection={<IconPlus size={16} />} refusal={refusal} onClick={onKeys}>
          {words.change}
        </GuardedButton>
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => fetch.mutate()} loading={fetch.isPending}>
          {words.export}
        </Button>
      </div>
      <ImportState place={place} isEmpty={isEmpty} refusal={refusal} />
      {fetch.isError && (
        <Note tone="bad" role="alert">
          {present(fetch.error).message}
        </Note>
      )}
      {fetch.data && <Exported place={place} made={fetch.data} />}
    </>
  );
}

function Exported({ place, made }: { place: SegmentPlace; made: NonNullable<ReturnType<typeof useFetchKeys>['data']> }) {
  if (made.status !== 'complete') return <Note tone="bad">{words.exportFailed}</Note>;
  const { project, environment, segment } = place;
  const address = `/api/v2/flagstaff/segments/${[project, environment, segment].map(encodeURIComponent).join('/')}/exports/${made.id}/file`;
  return (
    <Note
      tone="good"
      role="status"
      action={
        <Button component="a" size="xs" variant="default" href={address} download={`${segment}.csv`}>
          {words.download}
        </Button>
      }
    >
      {words.exported(made.size)}
    </Note>
  );
}
