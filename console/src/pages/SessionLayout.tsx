// Everything behind the sign-in. Who is not signed in goes to /login and comes back; a session that ends
// while a page is open is renewed over it, so that nothing typed is lost.
import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { sessionQuery } from '../api/auth';
import { onSignedOut } from '../api/connection';
import { Following } from '../components/Following';
import { Failure } from '../format/failure';
import { SignInForm } from '../forms/SignInForm';
import { paths } from '../paths';
import { shell } from '../strings/shell';
import { FailureState, LoadingState } from '../ui/States';

export default function SessionLayout() {
  const session = useQuery(sessionQuery);
  const { pathname, search, hash } = useLocation();
  const here = pathname + search + hash;
  if (session.data) {
    return (
      <>
        <Outlet />
        <Following session={session.data._id} />
        <SessionRenewal email={session.data.member.email} here={here} />
      </>
    );
  }
  if (session.isPending) return <LoadingState />;
  if (session.error instanceof Failure && session.error.status === 401) {
    return <Navigate to={paths.login(here)} replace />;
  }
  return <FailureState what={shell.yourSession} error={session.error} onRetry={session.refetch} />;
}

function SessionRenewal({ email, here }: { email: string; here: string }) {
  const [hasEnded, setEnded] = useState(false);
  const client = useQueryClient();
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  return (
    <Modal
      opened={hasEnded}
      onClose={() => setEnded(false)}
      title={shell.sessionEnded}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="sm"
    >
      <p>{shell.sessionEndedText}</p>
      <SignInForm
        next={here}
        email={email}
        onSignedIn={(session) => {
          client.setQueryData(sessionQuery.queryKey, session);
          setEnded(false);
          void client.invalidateQueries();
        }}
      />
    </Modal>
  );
}
