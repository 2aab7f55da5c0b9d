// Signing in, and the second factor when it is asked for.
import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { auth, methodsQuery, oidcAddress, type Session } from '../api/auth';
import { Failure, present } from '../format/failure';
import { paths } from '../paths';
import { access } from '../strings/access';
import { Note } from '../ui/Note';
import { useWrite } from '../ui/writing';

export interface SignInFormProps {
  /** The address to come back to, for a provider that is asked elsewhere. */
  next: string;
  onSignedIn: (session: Session) => void;
  /** Known already, when a session has ended. */
  email?: string;
}

const SAID: Record<string, string> = { invalid_credentials: access.wrong, invalid_code: access.codeWrong };

export function SignInForm({ next, onSignedIn, email = '' }: SignInFormProps) {
  const [asksCode, setAsksCode] = useState(false);
  const methods = useQuery(methodsQuery).data;
  const form = useForm({
    initialValues: { email, password: '', code: '' },
    validate: {
      email: (value) => (value.trim() === '' ? access.emailMissing : null),
      password: (value) => (value === '' ? access.passwordMissing : null),
      code: (value) => (asksCode && value.trim() === '' ? access.codeMissing : null),
    },
  });
  const signIn = useWrite({
    mutationFn: (values: typeof form.values) =>
      auth.signIn({
        email: values.email.trim(),
        password: values.password,
        ...(asksCode && { code: values.code.trim() }),
      }),
    onSuccess: onSignedIn,
    onError: (error) => {
      if (error instanceof Failure && error.code === 'second_factor_required') setAsksCode(true);
    },
  });
  const isRefused = signIn.isError && !(signIn.error instanceof Failure && signIn.error.code === 'second_factor_required');
  const submit = form.onSubmit((values) => signIn.mutate(values));
  if (methods?.password === false) return <OidcButton name={methods.oidc?.name ?? ''} next={next} />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isRefused && <Refusal error={signIn.error} />}
        {asksCode ? (
          <TextInput
            label={access.code}
            description={access.codeHint}
            autoComplete="one-time-code"
            ref={focus}
            {...form.getInputProps('code')}
          />
        ) : (
          <>
            <TextInput label={access.email} type="email" autoComplete="username" {...form.getInputProps('email')} />
            <PasswordInput label={access.password} autoComplete="current-password" {...form.getInputProps('password')} />
          </>
        )}
        <Button type="submit" loading={signIn.isPending}>
          {access.signIn}
        </Button>
        {asksCode && (
          <Button variant="subtle" onClick={() => setAsksCode(false)}>
            {access.back}
          </Button>
        )}
        {!asksCode && <Link to={paths.reset()}>{access.forgot}</Link>}
        {!asksCode && methods?.oidc && (
          <>
            <Divider label={access.or} />
            <OidcButton name={methods.oidc.name} next={next} />
          </>
        )}
      </Stack>
    </form>
  );
}

function Refusal({ error }: { error: Error }) {
  const said = error instanceof Failure ? SAID[error.code] : undefined;
  return (
    <Note tone="bad" role="alert">
      {said ?? present(error).message}
    </Note>
  );
}

/** Goes into the field that has just appeared in place of the one that was left. */
function focus(input: HTMLInputElement | null) {
  input?.focus();
}

function OidcButton({ name, next }: { name: string; next: string }) {
  return (
    <Button component="a" href={oidcAddress(next)} variant="default">
      {access.signInWith(name)}
    </Button>
  );
}
