// The unsaved changes of a state: kept in this browser, and held against what others save meanwhile.
import { readEdited, type Edited } from '../../format/drafts';
import { overlaps, withoutGone, type Listed, type Named } from '../../format/overlap';
import type { Step } from '../../format/steps';
import { useDraft, type Draft } from '../../ui/draft';
import type { MovedOn } from './UnsavedBar';

interface Editing<T> extends Pick<Draft<unknown>, 'clear' | 'discard' | 'undo'> {
  /** What it was when the editing began. */
  base: T;
  set: (change: Partial<T>) => void;
  /** What leads from the one to the other. */
  steps: Step[];
  /** What was saved by somebody since the editing began. */
  movedOn: MovedOn | undefined;
}

/** The state is called by its name. */
export type Edits<T, Field extends string> = Editing<T> & Record<Field, T>;

/** How one state of it is told from another. */
export interface Telling<T> {
  /** What leads from one to another. */
  stepsOf: (before: T, after: T) => Step[];
  /** What its parts are called by: its rules, or its variations. */
  of?: Listed['of'];
  listOf?: (value: T) => readonly Named[];
  /** What was kept, held against what is saved beside it; the same where there is nothing to follow. */
  follow?: ((value: T) => T) | undefined;
  /** The name that it was kept under. */
  formerly?: string | undefined;
}

const noList = () => [];
const asItIs = <T>(value: T) => value;

/** Of what has rules. */
export const byRules = <T extends { rules: Named[] }>(stepsOf: Telling<T>['stepsOf']): Telling<T> => ({
  stepsOf,
  listOf: ({ rules }) => rules,
});

/** `field` is what the state is called. */
export function useEdits<T extends object, Field extends string>(
  name: string,
  field: Field,
  saved: T,
  version: number,
  { stepsOf, of = 'rule', listOf = noList, follow = asItIs, formerly }: Telling<T>,
): Edits<T, Field> {
  const read = (kept: unknown) => readEdited(kept, saved, field);
  const draft = useDraft<Edited<T, Field> | null>(name, null, { read, ...(formerly !== undefined && { formerly }) });
  const fresh = { base: saved, version, [field]: saved } as Edited<T, Field>;
  const { value } = draft;
  const kept = value === null ? fresh : ({ base: follow(value.base), version: value.version, [field]: follow(value[field]) } as Edited<T, Field>);
  const hasMovedOn = version !== kept.version;
  const theirs = hasMovedOn ? stepsOf(kept.base, saved) : [];
  const steps = withoutGone(stepsOf(kept.base, kept[field]), theirs);
  const edited = hasMovedOn && steps.length === 0 ? fresh : kept; // what was edited back follows what is saved
  const listed: Listed = { of, now: listOf(edited[field]), before: listOf(edited.base) };
  const editing: Editing<T> = {
    base: edited.base,
    set: (change) => draft.set({ ...edited, [field]: { ...edited[field], ...change } }),
    clear: draft.clear,
    discard: draft.discard,
    undo: draft.undo,
    steps,
    movedOn: hasMovedOn && steps.length > 0 ? { version, overlaps: overlaps(steps, theirs, listed) } : undefined,
  };
  return { ...editing, [field]: edited[field] } as Edits<T, Field>;
}
