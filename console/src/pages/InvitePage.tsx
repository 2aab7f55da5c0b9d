// `/invite/{token}`: accepting an invitation.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { auth } from '../api/auth';
import { DoorPage } from '../components/DoorPage';
import { useEntering } from '../components/entering';
import { Failure } from '../format/failure';
import { JoinForm } from '../forms/JoinForm';
import { paths } from '../paths';
import { access } from '../strings/access';
import { FailureState, LoadingState } from '../ui/States';

export default function InvitePage() {
  const { token = '' } = useParams();
  const navigate = useNavigate();
  const enter = useEntering();
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => auth.invitation(token) });
  if (invitation.isError && invitation.error instanceof Failure && !invitation.error.isPassing) {
    return (
      <DoorPage title={access.inviteGone} text={access.inviteGoneText}>
        <a href={paths.login()}>{access.toSignIn}</a>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={access.inviteTitle} {...(invitation.data && { text: access.inviteText(invitation.data.email) })}>
      {invitation.isPending && <LoadingState />}
      {invitation.isError && (
        <FailureState what={access.theInvitation} error={invitation.error} onRetry={invitation.refetch} />
      )}
      {invitation.data && (
        <JoinForm
          token={token}
          onJoined={(session) => {
            enter(session);
            void navigate(paths.home(), { replace: true });
          }}
        />
      )}
    </DoorPage>
  );
}
