// `/login?next=...`: signing in, and on to where one wanted to be.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { sessionQuery } from '../api/auth';
import { DoorPage } from '../components/DoorPage';
import { SignInForm } from '../forms/SignInForm';
import { safeNext } from '../paths';
import { access } from '../strings/access';
import { useAddress } from '../ui/address';

export default function LoginPage() {
  const [search] = useAddress();
  const next = safeNext(search.get('next'));
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <DoorPage title={access.signInTitle}>
      <SignInForm
        next={next}
        onSignedIn={(session) => {
          client.clear();
          client.setQueryData(sessionQuery.queryKey, session);
          void navigate(next, { replace: true });
        }}
      />
    </DoorPage>
  );
}
