// Several values, typed, pasted or chosen, each a pill; what is typed and left becomes one.
import { TagsInput, type TagsInputProps } from '@mantine/core';
import { afterPress } from './pressed';

/** A value ends with a comma, a tab or a line, unless `splitChars` says otherwise. */
export function ValuesInput({ onChange, ...input }: TagsInputProps) {
  return <TagsInput splitChars={[',', '\n', '\t']} {...input} onChange={(values) => afterPress(() => onChange?.(values))} />;
}
