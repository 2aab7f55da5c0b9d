// Making a webhook, or changing one; the secret of a new one is shown once, in place of the form.
import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useChangeWebhook, useMakeWebhook, type Webhook } from '../api/webhooks';
import { usePolicyDraft } from '../components/account/policyDraft';
import { PolicyEditor } from '../components/account/PolicyEditor';
import { webhookName } from '../components/account/WebhookToggle';
import { FormFailure, tellField } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { readStatements } from '../format/policy';
import { webhookWords as words } from '../strings/webhooks';
import { useDraftForm } from '../ui/draftForm';
import { SecretOnce } from '../ui/SecretOnce';
import { tellDone } from '../ui/toast';

const FIELDS = ['url', 'name'];
const URL_LIKE = /^https?:\/\/\S+$/;

export interface WebhookFormProps {
  /** The one that is changed; a new one without it. */
  webhook?: Webhook;
  /** Once its secret, which is shown once, has been seen. */
  onDone?: (webhook: Webhook) => void;
}

export function WebhookForm({ webhook, onDone }: WebhookFormProps) {
  const make = useMakeWebhook();
  const change = useChangeWebhook();
  const edited = usePolicyDraft(`webhook-policy:${webhook?._id ?? 'new'}`, readStatements(webhook?.statements ?? []));
  const { policy } = edited;
  const { form, restoredFrom, clear } = useDraftForm(`webhook:${webhook?._id ?? 'new'}`, {
    initialValues: { name: webhook?.name ?? '', url: webhook?.url ?? '', sign: true },
    validate: { url: (value) => (URL_LIKE.test(value.trim()) ? null : words.urlMissing) },
  });
  const forget = () => {
    clear();
    edited.clear();
  };
  const onError = (error: unknown) => tellField(form, error, FIELDS);
  const submit = form.onSubmit(({ name, url, sign }) => {
    const shared = { name, url: url.trim(), statements: policy.statements as NonNullable<Webhook['statements']> };
    const saving = (told: (name: string) => string) => ({
      onSuccess: (saved: Webhook) => {
        forget();
        tellDone(told(webhookName(saved)));
      },
      onHere: (saved: Webhook) => {
        if (saved.secret === undefined) onDone?.(saved);
      },
      onError,
    });
    if (webhook) change.mutate({ id: webhook._id, change: shared }, saving(words.saved));
    else make.mutate({ ...shared, on: true, sign }, saving(words.created));
  });
  const made = make.data;
  if (made?.secret !== undefined) {
    const label = words.secretOf(made.name ?? made.url);
    return <SecretOnce label={label} secret={made.secret} hint={words.secretHint} onDone={() => onDone?.(made)} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom ?? edited.restoredFrom} onDiscard={() => forget()} />
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <TextInput label={words.url} description={words.urlHint} type="url" {...form.getInputProps('url')} />
        {webhook === undefined && (
          <Checkbox label={words.sign} description={words.signHint} {...form.getInputProps('sign', { type: 'checkbox' })} />
        )}
        <div>
          <Text fw={550}>{words.statements}</Text>
          <Text c="dimmed" fz="sm">
            {words.statementsHint}
          </Text>
        </div>
        <PolicyEditor value={policy} onChange={edited.set} none={words.everything} />
        <FormFailure error={make.error ?? change.error} fields={FIELDS} />
        <div>
          <Button type="submit" loading={make.isPending || change.isPending} disabled={edited.isFaulty}>
            {webhook ? words.save : words.create}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
