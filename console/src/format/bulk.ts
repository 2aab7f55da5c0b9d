// One change of many flags: what is sent for each, what the server says of each, and what takes it back.
import type { Step } from './steps';

export type BulkChange =
  | { kind: 'turn'; on: boolean }
  | { kind: 'archive'; archived: boolean }
  | { kind: 'tags'; add: string[]; remove: string[] };

/** Whether it is about the whole flag, not about one environment. */
export const isWhole = (change: BulkChange): boolean => change.kind !== 'turn';

/** What is sent for each flag; nothing as long as nothing is asked. */
export function stepsOf(change: BulkChange): Step[] {
  if (change.kind === 'turn') return [{ kind: change.on ? 'turnFlagOn' : 'turnFlagOff' }];
  if (change.kind === 'archive') return [{ kind: change.archived ? 'archiveFlag' : 'restoreFlag' }];
  return [
    { kind: 'removeTags', values: change.remove },
    { kind: 'addTags', values: change.add },
  ].filter(({ values }) => values.length > 0);
}

const REVERSE: Record<string, string> = {
  turnFlagOn: 'turnFlagOff',
  turnFlagOff: 'turnFlagOn',
  archiveFlag: 'restoreFlag',
  restoreFlag: 'archiveFlag',
  addTags: 'removeTags',
  removeTags: 'addTags',
};

/** What takes these steps back; only of kinds that bulk changes have. */
export const reverseOf = (steps: readonly Step[]): Step[] =>
  steps.map((step) => ({ ...step, kind: REVERSE[step.kind] ?? step.kind })).reverse();

/** What the check of one flag has found. */
export type Verdict =
  | { state: 'ready'; steps: Step[]; conflicts: string[] }
  | { state: 'same' }
  | { state: 'refused'; reason: string }
  | { state: 'unknown'; reason: string };

interface Preview {
  steps: readonly { instructions: readonly unknown[] }[];
  conflicts: readonly { message: string }[];
  denied: readonly { action: string }[];
}

/** `tellDenied` words what the caller may not do. */
export function judge({ steps, conflicts, denied }: Preview, tellDenied: (actions: string[]) => string): Verdict {
  if (denied.length > 0) return { state: 'refused', reason: tellDenied([...new Set(denied.map(({ action }) => action))]) };
  const done = steps.flatMap(({ instructions }) => instructions) as Step[];
  if (done.length === 0) return { state: 'same' };
  return { state: 'ready', steps: done, conflicts: conflicts.map(({ message }) => message) };
}

export interface Ready<Flag> {
  flag: Flag;
  steps: Step[];
  conflicts: string[];
}

export interface Findings<Flag> {
  ready: Ready<Flag>[];
  same: Flag[];
  /** By reason, in the order in which the reasons were met. */
  refused: Map<string, Flag[]>;
  unknown: Map<string, Flag[]>;
}

/** The flags by what the check has found of them; those it has not come to are left out. */
export function sortFindings<Flag extends { key: string }>(
  flags: readonly Flag[],
  verdicts: ReadonlyMap<string, Verdict>,
): Findings<Flag> {
  const found: Findings<Flag> = { ready: [], same: [], refused: new Map(), unknown: new Map() };
  for (const flag of flags) {
    const verdict = verdicts.get(flag.key);
    if (verdict?.state === 'ready') found.ready.push({ flag, steps: verdict.steps, conflicts: verdict.conflicts });
    else if (verdict?.state === 'same') found.same.push(flag);
    else if (verdict !== undefined) found[verdict.state].set(verdict.reason, [...(found[verdict.state].get(verdict.reason) ?? []), flag]);
  }
  return found;
}

/** How many flags have a step of each kind: what a sentence is said of. */
export function countSteps(ready: readonly { steps: readonly Step[] }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { steps } of ready)
    for (const kind of new Set(steps.map((step) => step.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
