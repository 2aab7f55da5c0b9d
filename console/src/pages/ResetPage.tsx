// `/reset`: asking for a link; `/reset/{token}`: choosing a new password by it.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { auth, methodsQuery } from '../api/auth';
import { DoorPage } from '../components/DoorPage';
import { useEntering } from '../components/entering';
import { Failure } from '../format/failure';
import { AskResetForm } from '../forms/AskResetForm';
import { NewPasswordForm } from '../forms/NewPasswordForm';
import { paths } from '../paths';
import { access } from '../strings/access';
import { Note } from '../ui/Note';
import { FailureState, LoadingState } from '../ui/States';

export default function ResetPage() {
  const { token } = useParams();
  return token === undefined ? <AskPage /> : <ChoosePage token={token} />;
}

function AskPage() {
  const methods = useQuery(methodsQuery).data;
  return (
    <DoorPage title={access.resetAskTitle} text={access.resetAskText}>
      {methods?.mail === false ? <Note tone="info">{access.resetNoMail}</Note> : <AskResetForm />}
      <Link to={paths.login()}>{access.toSignIn}</Link>
    </DoorPage>
  );
}

function ChoosePage({ token }: { token: string }) {
  const navigate = useNavigate();
  const enter = useEntering();
  const reset = useQuery({ queryKey: ['reset', token], queryFn: () => auth.reset(token) });
  if (reset.isError && reset.error instanceof Failure && !reset.error.isPassing) {
    return (
      <DoorPage title={access.resetGone} text={access.resetGoneText}>
        <Link to={paths.reset()}>{access.resetAsk}</Link>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={access.resetTitle} {...(reset.data && { text: access.resetFor(reset.data.email) })}>
      {reset.isPending && <LoadingState />}
      {reset.isError && <FailureState what={access.theLink} error={reset.error} onRetry={reset.refetch} />}
      {reset.data && (
        <NewPasswordForm
          token={token}
          asksCode={reset.data.secondFactor}
          onSaved={(session) => {
            enter(session);
            void navigate(paths.home(), { replace: true });
          }}
        />
      )}
    </DoorPage>
  );
}
