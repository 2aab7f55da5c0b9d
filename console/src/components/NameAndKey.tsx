// The name of a new thing, and its key, which follows the name until one writes it.
import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { isKey, keyFromName } from '../format/resourceKey';
import { words } from '../strings/shared';

interface Named {
  name: string;
  key: string;
}

/** For `validate` of the form. */
export const nameAndKeyRules = {
  name: (value: string) => (value.trim() === '' ? words.nameMissing : null),
  key: (value: string) => (isKey(value) ? null : words.badKey),
};

export function NameAndKey<Values extends Named>({ form }: { form: UseFormReturnType<Values> }) {
  const values = form.getValues();
  const [isOwn, setOwn] = useState(values.key !== keyFromName(values.name));
  const set = (change: Partial<Named>) => form.setValues(change as Partial<Values>);
  const name = form.getInputProps('name') as { error?: string; onBlur: () => void };
  const key = form.getInputProps('key') as { error?: string; onBlur: () => void };
  return (
    <>
      <TextInput
        label={words.name}
        data-autofocus
        value={values.name}
        error={name.error}
        onBlur={name.onBlur}
        onChange={({ currentTarget: { value } }) => set(isOwn ? { name: value } : { name: value, key: keyFromName(value) })}
      />
      <TextInput
        label={words.key}
        description={words.keyHint}
        value={values.key}
        error={key.error}
        onBlur={key.onBlur}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={({ currentTarget: { value } }) => {
          setOwn(value !== '');
          set({ key: value });
        }}
      />
    </>
  );
}
