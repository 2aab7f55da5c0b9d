// The one switch of a flag, keyed by flag and environment.
import type { Flag } from '../../api/flags';
import type { Environment } from '../../api/places';
import { flagWords as words } from '../../strings/flags';
import { Toggle } from '../../ui/Toggle';
import { useSwitching } from './switching';

export interface FlagToggleProps {
  project: string;
  environment: Environment;
  flag: Pick<Flag, 'key' | 'name'>;
  on: boolean;
  /** What it serves now, for those who hear it. */
  description?: string;
  /** Why the caller may not switch it. */
  refusal?: string | undefined;
  size?: 'sm' | 'md' | 'lg';
  withWord?: boolean;
}

export function FlagToggle({ project, environment, flag, on, ...look }: FlagToggleProps) {
  const { turn, isPending, review } = useSwitching(project, environment);
  return (
    <>
      <Toggle
        {...look}
        label={words.switchName(flag.name, environment.name)}
        checked={isPending ? !on : on}
        isPending={isPending}
        onChange={(to) => turn(flag, to)}
      />
      {review}
    </>
  );
}
