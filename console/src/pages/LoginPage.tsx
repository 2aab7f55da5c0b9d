// `/login?next&error`: signing in, and on to where one wanted to be; `error` is why a provider's sign-in failed.
import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { DoorPage } from '../components/DoorPage';
import { useEntering } from '../components/entering';
import { SignInForm } from '../forms/SignInForm';
import { safeNext } from '../paths';
import { access, refusals } from '../strings/access';
import { Note } from '../ui/Note';
import { useAddress } from '../ui/address';

export default function LoginPage() {
  const [search] = useAddress();
  const next = safeNext(search.get('next'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const enter = useEntering();
  const refusal = refusals[search.get('error') ?? ''];
  return (
    <DoorPage title={access.signInTitle}>
      <Stack gap="md">
        {refusal !== undefined && (
          <Note tone="bad" role="alert">
            {refusal}
          </Note>
        )}
        <SignInForm
          next={next}
          onSignedIn={(session) => {
            client.clear();
            enter(session);
            void navigate(next, { replace: true });
          }}
        />
      </Stack>
    </DoorPage>
  );
}
