// Everything behind the sign-in. Who is not signed in goes to /login and comes back; a session that ends
// while a page is open is renewed over it, so that nothing typed is lost; two minutes before its end that is offered.
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { sessionQuery, type Session } from '../api/auth';
import { onSignedOut } from '../api/connection';
import { Following } from '../components/Following';
import { UnseenContext } from '../components/shell/seen';
import { Failure } from '../format/failure';
import { paths } from '../paths';
import { shell } from '../strings/shell';
import { FailureState, LoadingState } from '../ui/States';
import { readLate } from '../ui/readLate';

export default function SessionLayout() {
  const session = useQuery(sessionQuery);
  const { pathname, search, hash } = useLocation();
  const here = pathname + search + hash;
  if (session.data) {
    return (
      <UnseenContext value={session.data.unseen}>
        <Outlet />
        <Following session={session.data._id} />
        <SessionRenewal session={session.data} here={here} />
      </UnseenContext>
    );
  }
  if (session.isPending) return <LoadingState />;
  if (session.error instanceof Failure && session.error.status === 401) {
    return <Navigate to={paths.login(here)} replace />;
  }
  return <FailureState what={shell.yourSession} error={session.error} onRetry={session.refetch} />;
}

/** What asks for the password anew, read when it is first needed. */
const RenewalForm = lazy(() => readLate(() => import('../forms/RenewalForm')));

const WARNED_BEFORE = 2 * 60_000; // milliseconds
type Ending = 'soon' | 'now';

function SessionRenewal({ session, here }: { session: Session; here: string }) {
  const [ending, setEnding] = useState<Ending>();
  useEffect(() => onSignedOut(() => setEnding('now')), []);
  useEffect(() => {
    const warning = setTimeout(() => setEnding('soon'), session.expiresAt - Date.now() - WARNED_BEFORE);
    return () => clearTimeout(warning);
  }, [session.expiresAt]);
  if (ending === undefined) return null;
  return (
    <Suspense fallback={null}>
      <RenewalForm email={session.member.email} here={here} isOver={ending === 'now'} onClose={() => setEnding(undefined)} />
    </Suspense>
  );
}
