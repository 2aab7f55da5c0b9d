// Making an access token, or changing one; the secret of a new one is shown once, in place of the form.
import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useChangeToken, useMakeToken, versionsQuery, type Token } from '../api/tokens';
import { RolesField } from '../components/account/choices';
import { usePolicyDraft } from '../components/account/policyDraft';
import { PolicyEditor } from '../components/account/PolicyEditor';
import { FormFailure, tellField } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { readStatements, type Statement } from '../format/policy';
import { readToken, tokenPatch, writeToken, type TokenFields } from '../format/tokens';
import { tokenWords as words } from '../strings/tokens';
import { useDraftForm, type DraftForm } from '../ui/draftForm';
import { Note } from '../ui/Note';
import { SecretOnce } from '../ui/SecretOnce';
import { tellDone } from '../ui/toast';

interface Typed extends TokenFields {
  serviceToken: boolean;
  version: string | null;
}

const FIELDS = ['name', 'description'];
const BOUNDS = Object.entries(words.bounds).map(([value, label]) => ({ value, label }));
const FRESH: Statement = { effect: 'allow', resources: ['proj/*'], actions: ['viewProject'] };

export function TokenForm({ token, onDone }: { token?: Token; onDone: () => void }) {
  const make = useMakeToken();
  const change = useChangeToken();
  const name = token?._id ?? 'new';
  const edited = usePolicyDraft(`token-policy:${name}`, token?.inlineRole ? readStatements(token.inlineRole) : [FRESH]);
  const { policy } = edited;
  const { form, restoredFrom, clear } = useDraftForm<Typed>(`token:${name}`, {
    initialValues: { ...readToken(token ?? {}), serviceToken: false, version: null },
    validate: {
      name: (value) => (value.trim() === '' ? words.nameMissing : null),
      customRoles: (value, { bound }) => (bound === 'customRoles' && value.length === 0 ? words.rolesMissing : null),
    },
  });
  const forget = () => {
    clear();
    edited.clear();
  };
  const { bound } = form.values;
  const isFaulty = bound === 'policy' && (edited.isFaulty || policy.statements.length === 0);
  const onError = (error: unknown) => tellField(form, error, FIELDS);
  const submit = form.onSubmit((values) => {
    const body = writeToken(values, policy.statements);
    if (token !== undefined) {
      const onSuccess = () => {
        forget();
        tellDone(words.saved(body.name));
      };
      change.mutate({ id: token._id, patch: tokenPatch(token, body) }, { onSuccess, onHere: onDone, onError });
      return;
    }
    const defaultApiVersion = values.version === null ? null : Number(values.version);
    make.mutate({ ...body, serviceToken: values.serviceToken, defaultApiVersion }, { onSuccess: forget, onError });
  });
  if (make.data) {
    return <SecretOnce label={words.created(make.data.name ?? '')} secret={make.data.token} onDone={onDone} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom ?? edited.restoredFrom} onDiscard={forget} />
        <TextInput label={words.name} description={words.nameHint} data-autofocus {...form.getInputProps('name')} />
        <TextInput label={`${words.description} (${words.optional})`} {...form.getInputProps('description')} />
        {token?.serviceToken ? (
          <Note tone="info">{words.serviceFixed}</Note>
        ) : (
          <>
            <Select label={words.mayDo} data={BOUNDS} allowDeselect={false} {...form.getInputProps('bound')} />
            {bound === 'customRoles' && <RolesField label={words.roles} {...form.getInputProps('customRoles')} />}
            {bound === 'policy' && <PolicyEditor value={policy} onChange={edited.set} />}
          </>
        )}
        {token === undefined && <Settled form={form} />}
        <FormFailure error={make.error ?? change.error} fields={FIELDS} />
        <Button type="submit" loading={make.isPending || change.isPending} disabled={isFaulty}>
          {token ? words.save : words.create}
        </Button>
      </Stack>
    </form>
  );
}

/** What cannot be changed once the token is made. */
function Settled({ form }: Pick<DraftForm<Typed>, 'form'>) {
  const versions = useQuery(versionsQuery).data;
  const choices = versions?.validVersions.map(String).reverse() ?? [];
  return (
    <>
      <Checkbox
        label={words.service}
        description={words.serviceHint}
        {...form.getInputProps('serviceToken', { type: 'checkbox' })}
      />
      <Select
        label={words.version}
        description={words.versionHint}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps('version')}
        value={form.values.version ?? choices[0] ?? null}
      />
    </>
  );
}
