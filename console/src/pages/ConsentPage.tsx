// `/oauth/consent?client_id...`: a program asks to act for the reader; the answer sends the browser back to it.
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { askedQuery, useAnswer } from '../api/oauth';
import { DoorPage } from '../components/DoorPage';
import { FormFailure } from '../components/FormFailure';
import { Failure, present } from '../format/failure';
import { paths } from '../paths';
import { oauthWords as words } from '../strings/oauth';
import { KeyPill } from '../ui/KeyPill';
import { FailureState, LoadingState } from '../ui/States';
import { useAddress } from '../ui/address';

export default function ConsentPage() {
  const [search] = useAddress();
  const asked = Object.fromEntries(search);
  const { data, error, refetch } = useQuery(askedQuery(asked));
  const answer = useAnswer(asked);
  if (data === undefined) {
    const isRefused = error instanceof Failure && !error.isPassing;
    return (
      <DoorPage title={isRefused ? words.notPossible : words.consentLoading} {...(isRefused && { text: words.notPossibleText })}>
        {isRefused ? <Text c="dimmed">{present(error).message}</Text> : null}
        {error && !isRefused ? <FailureState what={words.theRequest} error={error} onRetry={refetch} /> : null}
        {error ? <Link to={paths.home()}>{words.home}</Link> : <LoadingState />}
      </DoorPage>
    );
  }
  const give = (decision: 'allow' | 'deny') =>
    answer.mutate(decision, { onSuccess: ({ redirectUri }) => window.location.assign(redirectUri) });
  const { clientName, description, member, scopes, redirectUri } = data;
  return (
    <DoorPage title={words.consentTitle(clientName)} text={words.consentText(clientName, member.email)}>
      <Stack gap="lg">
        {description !== '' && <Text dir="auto">{description}</Text>}
        <Text>{words.consentAllows}</Text>
        <List>
          {scopes.map((scope) => (
            <List.Item key={scope.name}>
              <b>{scope.name}</b>: {scope.description}
            </List.Item>
          ))}
        </List>
        <Text c="dimmed">{words.never}</Text>
        <Text c="dimmed">
          {words.goesTo} <KeyPill>{redirectUri}</KeyPill>
        </Text>
        <FormFailure error={answer.error} />
        <Group gap="sm">
          <Button onClick={() => give('allow')} loading={answer.isPending}>
            {words.allow(clientName)}
          </Button>
          <Button variant="default" onClick={() => give('deny')} disabled={answer.isPending}>
            {words.deny}
          </Button>
        </Group>
      </Stack>
    </DoorPage>
  );
}
