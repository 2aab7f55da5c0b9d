// Asked once before what cannot be undone: the act and the thing stand on the button.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { present } from '../format/failure';
import { words } from '../strings/shared';
import { Dialog } from '../ui/Dialog';
import { Note } from '../ui/Note';

export interface DeleteDialogProps {
  /** “Delete terraform-ci”. */
  title: string;
  /** What follows from it. */
  text: string;
  /** What the button says: “Delete token”. */
  act: string;
  /** What has to be typed first, usually the key. */
  typed?: string;
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function DeleteDialog({ title, text, act, typed = '', isPending, error, onConfirm, onClose }: DeleteDialogProps) {
  const [written, setTyped] = useState('');
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <Text>{text}</Text>
        {typed !== '' && (
          <TextInput
            label={words.typeToDelete(typed)}
            data-autofocus
            autoComplete="off"
            value={written}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {error !== null && error !== undefined && (
          <Note tone="bad" role="alert">
            {present(error).message}
          </Note>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus={typed === '' || undefined}>
            {words.cancel}
          </Button>
          <Button color="red" onClick={onConfirm} loading={isPending} disabled={written !== typed}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
