// Unsaved changes of what a flag is in all environments alike: kept in this browser until they are saved.
import { useMemo } from 'react';
import type { Flag, Instruction } from '../../api/flags';
import { same, type Step } from '../../format/steps';
import { useEdits, type Telling } from '../targeting/edits';
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

/** What is edited of a flag. */
export interface Whole<T> extends Telling<T> {
  read: (flag: Flag) => T;
  isComplete: (value: T) => boolean;
  /** What leads from one state to another; `saved` is what others have made of the one before meanwhile. */
  change: (before: T, after: T, saved: T, version: number) => Change;
}

export function useWholeFlagDraft<T extends object>(name: string, flag: Flag, whole: Whole<T>): WholeFlagDraft<T> {
  const { read, isComplete, change } = whole;
  const saved = useMemo(() => read(flag), [flag, read]);
  const edits = useEdits(name, 'value', saved, flag._version, { ...whole, stepsOf: everyStep(whole) });
  const { base, value } = edits;
  const complete = isComplete(value);
  const { instructions, document } = complete ? change(base, value, saved, flag._version) : { instructions: [] };
  const steps = same(base, value) ? [] : complete ? (document ? [document] : instructions) : [value];
  return { ...edits, steps, instructions: instructions as Instruction[], document, isComplete: complete };
}

/** Of what cannot be saved yet no step may tell: it is none the less edited. */
const everyStep =
  <T>({ stepsOf, isComplete }: Whole<T>) =>
  (before: T, after: T): Step[] => {
    const steps = stepsOf(before, after);
    return steps.length > 0 || isComplete(after) || same(before, after) ? steps : [{ kind: 'unfinished' }];
  };
