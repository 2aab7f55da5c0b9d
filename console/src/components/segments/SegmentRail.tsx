// Facts beside a segment: the flags that ask for it, and whether a context is in it.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { membershipQuery, type Segment, type SegmentPlace } from '../../api/segments';
import { count } from '../../format/number';
import { segmentWords as words } from '../../strings/segments';
import { words as shared } from '../../strings/shared';
import { Keys } from '../../ui/KeyPill';
import { useShortcuts } from '../../ui/shortcuts';
import { FailureState } from '../../ui/States';
import { UsedBy } from './UsedBy';
import classes from './segments.module.css';

const WAIT = 200; // milliseconds after the last key

export function SegmentRail({ place, segment }: { place: SegmentPlace; segment: Segment }) {
  const { _unboundedMetadata: size } = segment;
  return (
    <aside className={classes.rail}>
      <UsedBy place={place} flags={segment._flags ?? []} />
      <Member place={place} kind={segment.unboundedContextKind ?? 'user'} />
      {size && (
        <section>
          <h2>{words.sizeTitle}</h2>
          <p>
            {words.sizeText(count(size.includedCount), count(size.excludedCount))} {words.bigText}
          </p>
        </section>
      )}
    </aside>
  );
}

function Member({ place, kind: usual }: { place: SegmentPlace; kind: string }) {
  const [kind, setKind] = useState(usual);
  const [key, setKey] = useState('');
  const [asked] = useDebouncedValue(key.trim(), WAIT);
  const { data, error, refetch } = useQuery(membershipQuery(place, kind, asked));
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: 't', label: words.isMember, run: () => field.current?.focus() }]);
  return (
    <section>
      <h2>{words.isMember}</h2>
      <TextInput label={words.kindOfKeys} value={kind} onChange={(event) => setKind(event.currentTarget.value.trim())} />
      <TextInput
        ref={field}
        label={words.memberKey}
        rightSection={<Keys keys="t" />}
        description={words.memberHint}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        classNames={{ input: classes.mono ?? '' }}
      />
      <p role="status" className={classes.answer} data-yes={data?.isMember === true ? true : undefined}>
        {asked !== '' && data && (
          <>
            {data.isMember && <IconCheck size={14} stroke={1.6} aria-hidden />}
            {data.isMember ? (data.isIndividuallyTargeted ? words.yesListed : words.yesRule) : words.no}
          </>
        )}
        {asked !== '' && data === undefined && error === null && shared.loading}
      </p>
      {error && asked !== '' && <FailureState what={words.theMembership} error={error} onRetry={refetch} />}
    </section>
  );
}
