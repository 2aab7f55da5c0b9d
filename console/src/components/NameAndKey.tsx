// The name of a new thing, and its key, which follows the name until one writes it.
import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { isKey, keyFromName } from '../format/resourceKey';
import { words } from '../strings/shared';
import { afterPress } from '../ui/pressed';

interface Named {
  name: string;
  key: string;
}

/** For `validate` of the form. */
export const nameAndKeyRules = {
  name: (value: string) => (value.trim() === '' ? words.nameMissing : null),
  key: (value: string) => (isKey(value) ? null : words.badKey),
};

export interface NameAndKeyProps<Values extends Named> {
  form: UseFormReturnType<Values>;
  /** What has this key already, if something has: told as soon as the key is left. */
  findTaken?: (key: string) => Promise<ReactNode>;
}

export function NameAndKey<Values extends Named>({ form, findTaken }: NameAndKeyProps<Values>) {
  const values = form.getValues();
  const [isOwn, setOwn] = useState(values.key !== keyFromName(values.name));
  const set = (change: Partial<Named>) => form.setValues(change as Partial<Values>);
  const name = form.getInputProps('name') as { error?: string; onBlur: () => void };
  const key = form.getInputProps('key') as { error?: string; onBlur: () => void };
  const check = async () => {
    const asked = form.getValues().key;
    const taken = isKey(asked) ? await findTaken?.(asked) : undefined;
    afterPress(() => taken && form.getValues().key === asked && form.setFieldError('key', taken));
  };
  const leave = (left: () => void) => () => {
    afterPress(left);
    void check();
  };
  return (
    <>
      <TextInput
        label={words.name}
        data-autofocus
        value={values.name}
        error={name.error}
        onBlur={leave(name.onBlur)}
        onChange={({ currentTarget: { value } }) => set(isOwn ? { name: value } : { name: value, key: keyFromName(value) })}
      />
      <TextInput
        label={words.key}
        description={words.keyHint}
        value={values.key}
        error={key.error}
        onBlur={leave(key.onBlur)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={({ currentTarget: { value } }) => {
          setOwn(value !== '');
          set({ key: value });
        }}
      />
    </>
  );
}

/** That a key is taken, and the way to what has it. */
export function Taken({ told, to }: { told: string; to: string }) {
  return (
    <>
      {told} <Link to={to}>{words.openIt}</Link>
    </>
  );
}
