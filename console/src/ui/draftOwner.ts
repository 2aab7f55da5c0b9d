// Drafts are their member's: who signs in after somebody else finds his own.
import { renamed } from '../format/draftOwner';
import { readStored, writeStored } from './prefs';

const OWNER = 'flagstaff-drafts-of';

export function ownDrafts(member: string): void {
  const before = readStored(OWNER) as string | undefined;
  const moved = renamed(namesKept(), before, member).map(([from, to]) => [from, to, readStored(from)] as const);
  for (const [from] of moved) writeStored(from, undefined);
  for (const [, to, kept] of moved) writeStored(to, kept);
  writeStored(OWNER, member);
}

function namesKept(): string[] {
  try {
    return Object.keys(window.localStorage);
  } catch {
    return []; // private windows may refuse
  }
}
