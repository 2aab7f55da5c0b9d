// Turning a flag on or off: plain environments switch at once, with undo; those that ask for confirmation
// or a comment get the review, which is in the address.
import type { FlagRow } from '../../api/flagRows';
import { useChangeFlagInLists, type Flag, type FlagChange } from '../../api/flags';
import type { Environment } from '../../api/places';
import { flagWords as words } from '../../strings/flags';
import { useChangeAddress } from '../../ui/address';
import { tellDone } from '../../ui/toast';

type Switched = Pick<Flag, 'key' | 'name'>;

export interface Switching {
  /** What goes wrong is told by itself unless somebody takes it. */
  turn: (flag: Switched, to: boolean, onRefused?: (error: unknown) => void) => void;
  /** Says that it was done, and offers to take it back. */
  tell: (flag: Switched, to: boolean) => void;
  /** The flag that the server is asked to turn now, without a review. */
  pending: { key: string; to: boolean } | undefined;
}

/** What the address has of a review: the key of a flag, what it is turned to, and where. */
export const REVIEWED = { flag: 'turn', to: 'to', environment: 'in' } as const;

export const asksFirst = ({ confirmChanges, requireComments }: Environment) => confirmChanges || requireComments;

/** The change that turns it. */
export const turning = (project: string, environment: string, flag: string, to: boolean): FlagChange => ({
  project,
  environment,
  flag,
  instructions: [{ kind: to ? 'turnFlagOn' : 'turnFlagOff' }],
});

/** Why nobody, or not the reader, may switch a flag where a list is of. */
export function whyFixed({ archived, switchable }: FlagRow): string | undefined {
  if (switchable) return undefined;
  return archived ? words.archivedSwitch : words.othersSwitch;
}

export function useSwitching(project: string, environment: Environment): Switching {
  const changeAddress = useChangeAddress();
  const change = useChangeFlagInLists();
  const tell = (flag: Switched, to: boolean) => {
    const done = to ? words.turnedOn : words.turnedOff;
    tellDone(done(flag.name, environment.name), () => turn(flag, !to));
  };
  const turn: Switching['turn'] = (flag, to, onRefused) => {
    if (asksFirst(environment)) {
      changeAddress({ [REVIEWED.flag]: flag.key, [REVIEWED.to]: to ? 'on' : 'off', [REVIEWED.environment]: environment.key });
      return;
    }
    change.mutate(turning(project, environment.key, flag.key, to), {
      onSuccess: () => tell(flag, to),
      ...(onRefused ? { onError: onRefused } : { notDone: words.notChanged(flag.name) }),
    });
  };
  const asked = change.isPending ? change.variables : undefined;
  return { turn, tell, pending: asked && { key: asked.flag, to: asked.instructions[0]?.kind === 'turnFlagOn' } };
}
