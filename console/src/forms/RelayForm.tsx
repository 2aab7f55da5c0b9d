// Making a relay configuration, or changing one; the key of a new one is shown once, in place of the form.
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useChangeRelay, useMakeRelay, type Relay } from '../api/relay';
import { usePolicyDraft } from '../components/account/policyDraft';
import { PolicyEditor } from '../components/account/PolicyEditor';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { readStatements, type Statement } from '../format/policy';
import { relayWords as words } from '../strings/relay';
import { useDraftForm } from '../ui/draftForm';
import { SecretOnce } from '../ui/SecretOnce';
import { tellDone } from '../ui/toast';

const PATHS = ['proj:env'];
const ALL: Statement = { effect: 'allow', resources: ['proj/*:env/*'], actions: ['*'] };

export function RelayForm({ relay, onDone }: { relay?: Relay; onDone: () => void }) {
  const make = useMakeRelay();
  const change = useChangeRelay();
  const edited = usePolicyDraft(`relay-policy:${relay?._id ?? 'new'}`, relay ? readStatements(relay.policy) : [ALL]);
  const { policy } = edited;
  const { form, restoredFrom, clear } = useDraftForm(`relay:${relay?._id ?? 'new'}`, {
    initialValues: { name: relay?.name ?? '' },
    validate: { name: (value) => (value.trim() === '' ? words.nameMissing : null) },
  });
  const forget = () => {
    clear();
    edited.clear();
  };
  const isFaulty = edited.isFaulty || policy.statements.length === 0;
  const submit = form.onSubmit(({ name }) => {
    const given = { name, policy: policy.statements as Relay['policy'] };
    if (relay === undefined) {
      make.mutate(given, { onSuccess: forget });
      return;
    }
    const onSuccess = () => {
      forget();
      tellDone(words.saved(name));
    };
    change.mutate({ id: relay._id, change: given }, { onSuccess, onHere: onDone });
  });
  if (make.data) {
    return <SecretOnce label={words.keyOf(make.data.name)} secret={make.data.fullKey} hint={words.keyHint} onDone={onDone} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom ?? edited.restoredFrom} onDiscard={() => forget()} />
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <div>
          <Text fw={550}>{words.policy}</Text>
          <Text c="dimmed" fz="sm">
            {words.policyHint}
          </Text>
        </div>
        <PolicyEditor value={policy} onChange={edited.set} paths={PATHS} />
        <FormFailure error={make.error ?? change.error} />
        <div>
          <Button type="submit" loading={make.isPending || change.isPending} disabled={isFaulty}>
            {relay ? words.save : words.create}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
