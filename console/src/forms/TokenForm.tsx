// Making an access token; its secret is shown once, in place of the form.
import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { useMakeToken } from '../api/tokens';
import { Restored } from '../components/Restored';
import { present } from '../format/failure';
import { tokenWords as words } from '../strings/tokens';
import { useDraftForm } from '../ui/draftForm';
import { Note } from '../ui/Note';
import { SecretOnce } from '../ui/SecretOnce';

const ROLES = Object.entries(words.roles).map(([value, label]) => ({ value, label }));

interface Typed {
  name: string;
  role: keyof typeof words.roles;
  serviceToken: boolean;
}

export function TokenForm({ onDone }: { onDone: () => void }) {
  const make = useMakeToken();
  const { form, restoredFrom, clear } = useDraftForm<Typed>('token:new', {
    initialValues: { name: '', role: 'reader', serviceToken: false },
    validate: { name: (value) => (value.trim() === '' ? words.nameMissing : null) },
  });
  const submit = form.onSubmit((values) =>
    make.mutate(
      { ...values, name: values.name.trim() },
      {
        onSuccess: () => clear(),
        onError: (error) => {
          const { field, message } = present(error, Object.keys(values));
          if (field !== undefined) form.setFieldError(field, message);
        },
      },
    ),
  );
  if (make.data) {
    return <SecretOnce label={words.created(make.data.name ?? '')} secret={make.data.token} onDone={onDone} />;
  }
  const isOfField = Object.keys(form.errors).length > 0;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <TextInput label={words.name} description={words.nameHint} data-autofocus {...form.getInputProps('name')} />
        <Select label={words.role} data={ROLES} allowDeselect={false} {...form.getInputProps('role')} />
        <Checkbox
          label={words.service}
          description={words.serviceHint}
          {...form.getInputProps('serviceToken', { type: 'checkbox' })}
        />
        {make.isError && !isOfField && (
          <Note tone="bad" role="alert">
            {present(make.error).message}
          </Note>
        )}
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
