// Turning a flag on or off: plain environments switch at once, with undo; those that ask for confirmation
// or a comment get the review.
import { Suspense, lazy, useState, type ReactNode } from 'react';
import { useChangeFlag, type Flag, type FlagChange } from '../../api/flags';
import type { Environment } from '../../api/places';
import { flagWords as words } from '../../strings/flags';
import { tellDone, tellFailed } from '../../ui/toast';
import { readLate } from '../../ui/readLate';

// A list of flags is there before anybody reviews a change.
const FlagReview = lazy(() => readLate(async () => ({ default: (await import('./FlagReview')).FlagReview })));

type Switched = Pick<Flag, 'key' | 'name'>;

export interface Switching {
  turn: (flag: Switched, to: boolean) => void;
  /** Whether the server is asked now, without a review. */
  isPending: boolean;
  /** The review, while it is open. */
  review: ReactNode;
}

export const asksFirst = ({ confirmChanges, requireComments }: Environment) => confirmChanges || requireComments;

export function useSwitching(project: string, environment: Environment): Switching {
  const [asked, setAsked] = useState<{ flag: Switched; to: boolean; change: FlagChange }>();
  const change = useChangeFlag();
  const tell = (flag: Switched, to: boolean) => {
    const done = to ? words.turnedOn : words.turnedOff;
    tellDone(done(flag.name, environment.name), () => turn(flag, !to));
  };
  const turn = (flag: Switched, to: boolean) => {
    const wanted: FlagChange = {
      project,
      environment: environment.key,
      flag: flag.key,
      instructions: [{ kind: to ? 'turnFlagOn' : 'turnFlagOff' }],
    };
    if (asksFirst(environment)) {
      change.reset();
      setAsked({ flag, to, change: wanted });
      return;
    }
    change.mutate(wanted, {
      onSuccess: () => tell(flag, to),
      onError: (error) => tellFailed(words.notChanged(flag.name), error),
    });
  };
  const review = asked && (
    <Suspense fallback={null}>
      <FlagReview
        change={asked.change}
        subject={asked.flag.name}
        environment={environment}
        save={change}
        onClose={() => setAsked(undefined)}
        onSaved={() => {
          setAsked(undefined);
          tell(asked.flag, asked.to);
        }}
      />
    </Suspense>
  );
  return { turn, isPending: change.isPending && asked === undefined, review };
}
