// The tags of a thing, with those that things of its kind have already.
import type { TagsInputProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tagsQuery, type TagKind } from '../api/choices';
import { words } from '../strings/shared';
import { ValuesInput } from '../ui/ValuesInput';

export interface TagsFieldProps extends Pick<TagsInputProps, 'value' | 'onChange' | 'error' | 'disabled'> {
  kind: TagKind;
  label?: string;
}

export function TagsField({ kind, label = words.tags, ...input }: TagsFieldProps) {
  const [typed, setTyped] = useState('');
  const known = useQuery(tagsQuery(kind, typed)).data?.items ?? [];
  return (
    <ValuesInput
      {...input}
      label={label}
      data={known}
      splitChars={[',', ' ', '\n', '\t']}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
