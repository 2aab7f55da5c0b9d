// The one switch of a flag, keyed by flag and environment. Plain environments switch at once, with undo;
// those that ask for confirmation or a comment get the review.
import { Suspense, lazy, useState } from 'react';
import { useChangeFlag, type Flag, type FlagChange } from '../../api/flags';
import type { Environment } from '../../api/places';
import { flagWords as words } from '../../strings/flags';
import { tellDone, tellFailed } from '../../ui/toast';
import { Toggle } from '../../ui/Toggle';

// A list of flags is there before anybody reviews a change.
const FlagReview = lazy(async () => ({ default: (await import('./FlagReview')).FlagReview }));

export interface FlagToggleProps {
  project: string;
  environment: Environment;
  flag: Pick<Flag, 'key' | 'name'>;
  on: boolean;
  /** What it serves now, for those who hear it. */
  description?: string;
  /** Why the caller may not switch it. */
  refusal?: string | undefined;
  size?: 'sm' | 'md';
  withWord?: boolean;
}

export function FlagToggle({ project, environment, flag, on, ...look }: FlagToggleProps) {
  const [asked, setAsked] = useState<FlagChange>();
  const change = useChangeFlag();
  const turn = (to: boolean): FlagChange => ({
    project,
    environment: environment.key,
    flag: flag.key,
    instructions: [{ kind: to ? 'turnFlagOn' : 'turnFlagOff' }],
  });
  const tell = (to: boolean) => {
    const done = to ? words.turnedOn : words.turnedOff;
    tellDone(done(flag.name, environment.name), () => run(!to));
  };
  const run = (to: boolean) => {
    if (environment.confirmChanges || environment.requireComments) {
      change.reset();
      setAsked(turn(to));
      return;
    }
    change.mutate(turn(to), {
      onSuccess: () => tell(to),
      onError: (error) => tellFailed(words.notChanged(flag.name), error),
    });
  };
  const isPlain = change.isPending && asked === undefined;
  return (
    <>
      <Toggle
        {...look}
        label={words.switchName(flag.name, environment.name)}
        checked={isPlain ? !on : on}
        isPending={isPlain}
        onChange={run}
      />
      {asked && (
        <Suspense fallback={null}>
          <FlagReview
            change={asked}
            subject={flag.name}
            environment={environment}
            save={change}
            onClose={() => setAsked(undefined)}
            onSaved={() => {
              setAsked(undefined);
              tell(!on);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
