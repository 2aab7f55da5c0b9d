// Where one is signed in, and ending it there.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ownAccount, sessionsQuery, type OpenSession } from '../../api/auth';
import { readAgent } from '../../format/userAgent';
import { profileWords as words } from '../../strings/profile';
import { Lines } from '../../ui/Facts';
import { Tag } from '../../ui/KeyPill';
import { RelativeTime } from '../../ui/RelativeTime';
import { FailureState, LoadingState } from '../../ui/States';
import { tellDone } from '../../ui/toast';
import { useWrite } from '../../ui/writing';
import { Section } from '../Section';

export function Sessions() {
  const { data, error, refetch } = useQuery(sessionsQuery);
  const client = useQueryClient();
  const end = useWrite({
    mutationFn: async (sessions: OpenSession[]) => {
      for (const session of sessions) await ownAccount.endSession(session._id);
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const others = data?.items.filter((session) => !session.current) ?? [];
  const endAll = (sessions: OpenSession[], told: string) => end.mutate(sessions, { onSuccess: () => tellDone(told), notDone: words.notEnded });
  const button = others.length > 1 && (
    <Button size="xs" variant="default" loading={end.isPending} onClick={() => endAll(others, words.endedOthers(others.length))}>
      {words.endOthers}
    </Button>
  );
  const lines = data?.items.map((session) => {
    const name = nameOf(session);
    return {
      key: session._id,
      main: (
        <>
          {name} {session.current && <Tag>{words.here}</Tag>}
        </>
      ),
      side: (
        <>
          {session.address !== '' && words.from(session.address)} {words.seen} <RelativeTime at={session.lastSeen} />
        </>
      ),
      action: session.current ? undefined : (
        <Button
          size="xs"
          variant="default"
          aria-label={words.endOf(name)}
          onClick={() => endAll([session], words.ended(name))}
        >
          {words.end}
        </Button>
      ),
    };
  });
  return (
    <Section title={words.sessions} hint={words.sessionsText} actions={button}>
      {lines === undefined && error === null && <LoadingState rows={2} height={40} />}
      {lines === undefined && error !== null && <FailureState what={words.theSessions} error={error} onRetry={refetch} />}
      {lines && <Lines label={words.sessions} lines={lines} />}
    </Section>
  );
}

function nameOf({ userAgent }: OpenSession): string {
  const { browser, system } = readAgent(userAgent);
  if (browser === '') return words.unknownBrowser;
  return system === '' ? browser : words.on(browser, system);
}
