// Asked once before what cannot be undone: the act and the thing stand on the button.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { present } from '../format/failure';
import { words } from '../strings/shared';
import { Dialog } from '../ui/Dialog';
import { Note } from '../ui/Note';
import { tellDone } from '../ui/toast';
import type { Write } from '../ui/writing';

export interface DeleteDialogProps<Removed> {
  /** “Delete terraform-ci”. */
  title: string;
  /** What follows from it. */
  text: string;
  /** What the button says: “Delete token”. */
  act: string;
  /** What has to be typed first, usually the key. */
  typed?: string;
  /** What deletes, and what it is given. */
  removal: Write<unknown, Removed>;
  of: Removed;
  /** What is said once it is gone. */
  told: string;
  onClose: () => void;
  /** Leaves the page of what is gone; without it the dialog closes. */
  onLeave?: () => void;
}

export function DeleteDialog<Removed>({ title, text, act, typed = '', removal, of, told, onClose, onLeave = onClose }: DeleteDialogProps<Removed>) {
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
        {removal.error !== null && (
          <Note tone="bad" role="alert">
            {present(removal.error).message}
          </Note>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus={typed === '' || undefined}>
            {words.cancel}
          </Button>
          <Button
            color="red"
            onClick={() => removal.mutate(of, { onSuccess: () => tellDone(told), onHere: onLeave })}
            loading={removal.isPending}
            disabled={written !== typed}
          >
            {act}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
