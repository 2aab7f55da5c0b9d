// Unsaved changes of what a flag is in all environments alike: kept in this browser until they are saved.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { readEdited, type Edited } from '../../format/drafts';
import { useDraft } from '../../ui/draft';
import type { UnsavedDraft } from '../targeting/UnsavedBar';

/** What leads from one state to another: instructions, or a JSON patch in their place. */
interface Change {
  instructions: unknown[];
  document?: unknown[];
}

export interface WholeFlagDraft<T> extends UnsavedDraft {
  value: T;
  set: (value: T) => void;
  instructions: Instruction[];
  document: unknown[] | undefined;
  clear: () => void;
}

/** `read` tells what is edited of a flag, `change` what leads from one state of it to another; `formerly` is its name in earlier versions. */
export function useWholeFlagDraft<T extends object>(
  name: string,
  flag: Flag,
  read: (flag: Flag) => T,
  isComplete: (value: T) => boolean,
  change: (before: T, after: T, version: number) => Change,
  formerly?: string,
): WholeFlagDraft<T> {
  const saved = useMemo(() => read(flag), [flag, read]);
  const version = flag._version;
  const draft = useDraft<Edited<T> | null>(name, null, {
    read: (kept) => readEdited(kept, saved, 'value'),
    ...(formerly !== undefined && { formerly }),
  });
  const edited = draft.value ?? { base: saved, version, value: saved };
  const complete = isComplete(edited.value);
  const isSame = JSON.stringify(edited.base) === JSON.stringify(edited.value);
  const { instructions, document } = complete ? change(edited.base, edited.value, version) : { instructions: [] };
  const steps = isSame ? [] : complete ? (document ? [document] : instructions) : [edited.value];
  return {
    value: edited.value,
    set: (value) => draft.set({ ...edited, value }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps,
    instructions: instructions as Instruction[],
    document,
    isComplete: complete,
    movedOn: steps.length > 0 && version !== edited.version ? { version } : undefined,
  };
}
