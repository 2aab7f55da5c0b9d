// The name of a view of the list of flags, when it is saved or renamed.
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { findCalled, type FlagView } from '../format/flagViews';
import { words as shared } from '../strings/shared';
import { viewWords as words } from '../strings/flagViews';
import { Dialog } from '../ui/Dialog';
import { afterPress } from '../ui/pressed';

export interface FlagViewFormProps {
  views: readonly FlagView[];
  /** The one that is renamed; without it the view of now is saved. */
  renames?: FlagView | undefined;
  /** The name that is proposed. */
  proposed: string;
  onName: (name: string) => void;
  onClose: () => void;
}

export default function FlagViewForm({ views, renames, proposed, onName, onClose }: FlagViewFormProps) {
  const [name, setName] = useState(proposed);
  const [isLeft, setLeft] = useState(false);
  const replaced = findCalled(views.filter((view) => view !== renames), name);
  const isMissing = name.trim() === '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!isMissing) onName(name);
  };
  return (
    <Dialog title={renames ? words.rename : words.save} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <TextInput
          data-autofocus
          label={words.name}
          description={replaced ? words.replaces(replaced.name) : words.hint}
          value={name}
          maxLength={80}
          error={isLeft && isMissing ? shared.nameMissing : undefined}
          onBlur={() => afterPress(() => setLeft(true))}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button type="submit">{renames ? words.rename : replaced ? words.replace : words.saveAs}</Button>
        </Group>
      </form>
    </Dialog>
  );
}
