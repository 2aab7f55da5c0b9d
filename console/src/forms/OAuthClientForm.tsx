// Registering an application, or changing one; its ID and secret are shown in place of the form.
import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useChangeClient, useMakeClient, type OAuthClient } from '../api/oauth';
import { FormFailure, tellField } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { oauthWords as words } from '../strings/oauth';
import { useDraftForm } from '../ui/draftForm';
import { Facts } from '../ui/Facts';
import { CopyChip } from '../ui/KeyPill';
import { SecretOnce } from '../ui/SecretOnce';
import { tellDone } from '../ui/toast';

const FIELDS = ['redirectUri', 'name'];

export function OAuthClientForm({ client, onDone }: { client?: OAuthClient; onDone: () => void }) {
  const make = useMakeClient();
  const change = useChangeClient();
  const { name = '', redirectUri = '', description = '' } = client ?? {};
  const { form, restoredFrom, clear } = useDraftForm(`oauth:${client?._clientId ?? 'new'}`, {
    initialValues: { name, redirectUri, description, public: false },
    validate: {
      name: (value) => (value.trim() === '' ? words.nameMissing : null),
      redirectUri: (value) => (value.trim() === '' ? words.redirectMissing : null),
    },
  });
  const onError = (error: unknown) => tellField(form, error, FIELDS);
  const submit = form.onSubmit(({ public: isPublic, ...shared }) => {
    if (client === undefined) {
      make.mutate({ ...shared, public: isPublic }, { onSuccess: () => clear(), onError });
      return;
    }
    const onSuccess = () => {
      clear();
      tellDone(words.saved(shared.name));
    };
    change.mutate({ clientId: client._clientId, change: shared }, { onSuccess, onHere: onDone, onError });
  });
  if (make.data) return <Made client={make.data} onDone={onDone} />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <TextInput label={words.redirect} description={words.redirectHint} {...form.getInputProps('redirectUri')} />
        <Textarea label={words.description} autosize minRows={2} {...form.getInputProps('description')} />
        {client === undefined && (
          <Checkbox
            label={words.isPublic}
            description={words.isPublicHint}
            {...form.getInputProps('public', { type: 'checkbox' })}
          />
        )}
        <FormFailure error={make.error ?? change.error} fields={FIELDS} />
        <Button type="submit" loading={make.isPending || change.isPending}>
          {client ? words.save : words.createClient}
        </Button>
      </Stack>
    </form>
  );
}

function Made({ client, onDone }: { client: OAuthClient; onDone: () => void }) {
  const id = <CopyChip value={client._clientId} what={words.clientId} />;
  return (
    <Stack gap="md">
      <Facts facts={[[words.clientId, id]]} />
      {client._clientSecret === undefined ? (
        <Button onClick={onDone}>{words.done}</Button>
      ) : (
        <SecretOnce label={words.clientSecret(client.name)} secret={client._clientSecret} onDone={onDone} />
      )}
    </Stack>
  );
}
