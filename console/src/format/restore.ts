// Taking a change back by the patch that makes a thing what it was.
import { words } from '../strings/shared';
import { Failure } from './failure';

interface Step {
  op: string;
  path: string;
  value?: unknown;
}

/** Whether the thing moved on after `version`: the patch tests the version of now, which stands at `path`. */
export const hasMovedOn = (patch: readonly Step[], path: string, version: number): boolean =>
  patch.some((step) => step.op === 'test' && step.path === path && step.value !== version);

/** The patch that takes a change back; throws a Failure where there is none, or where it would take back newer changes too. */
export function findUndo<T extends Step>(past: { restore?: T[]; obstacle?: string }, path: string, version: number): T[] {
  const { restore, obstacle = '' } = past;
  if (restore === undefined) throw new Failure(409, 'conflict', obstacle);
  if (hasMovedOn(restore, path, version)) throw new Failure(409, 'conflict', words.movedOn);
  return restore;
}
