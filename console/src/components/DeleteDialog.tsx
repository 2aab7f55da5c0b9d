// Asked once before what cannot be undone: the act and the thing stand on the button.
import { Button, Group, Stack, Text } from '@mantine/core';
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
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function DeleteDialog({ title, text, act, isPending, error, onConfirm, onClose }: DeleteDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <Text>{text}</Text>
        {error !== null && error !== undefined && (
          <Note tone="bad" role="alert">
            {present(error).message}
          </Note>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button color="red" onClick={onConfirm} loading={isPending}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
