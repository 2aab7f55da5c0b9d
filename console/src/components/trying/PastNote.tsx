// That it is the past which is shown, what the context gets today, and the way back to today.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { explainQuery, type Explanation, type Tried } from '../../api/explaining';
import { exact } from '../../format/time';
import { tryWords as words } from '../../strings/trying';
import { Note } from '../../ui/Note';
import { usePlace } from '../place';
import { Got } from './Elsewhere';

export interface PastNoteProps {
  tried: Tried;
  explained: Explanation;
  onNow: () => void;
}

export function PastNote({ tried, explained: { version, asOf = 0 }, onNow }: PastNoteProps) {
  const { environment } = usePlace();
  const { data } = useQuery(explainQuery({ ...tried, moment: undefined }));
  const back = (
    <Button size="xs" variant="default" onClick={onNow}>
      {words.showNow}
    </Button>
  );
  return (
    <Note tone="warn" action={back}>
      {words.past(version, environment.name, exact(asOf))}
      {data && (
        <div>
          {words.pastNow} <Got flag={data.flag} />
        </div>
      )}
    </Note>
  );
}
