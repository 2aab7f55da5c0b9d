// Drafts are their member's: who signs in after somebody else finds his own.
import { renamed } from '../format/draftOwner';
import { DRAFTS_OF, readStored, writeStored } from './prefs';

export function ownDrafts(member: string): void {
  const before = readStored(DRAFTS_OF) as string | undefined;
  const moved = renamed(namesKept(), before, member).map(([from, to]) => [from, to, readStored(from)] as const);
  for (const [from] of moved) writeStored(from, undefined);
  for (const [, to, kept] of moved) writeStored(to, kept);
  writeStored(DRAFTS_OF, member);
}

function namesKept(): string[] {
  try {
    return Object.keys(window.localStorage);
  } catch {
    return []; // private windows may refuse
  }
}
