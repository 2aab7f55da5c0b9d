// The one switch of a flag, keyed by flag and environment.
import { useState } from 'react';
import type { Flag } from '../../api/flags';
import type { Environment } from '../../api/places';
import { flagWords as words } from '../../strings/flags';
import { Toggle, type ToggleProps } from '../../ui/Toggle';
import { useSwitching } from './switching';

export interface FlagToggleProps extends Pick<ToggleProps, 'refusal' | 'refusalAtLength' | 'size' | 'withWord'> {
  project: string;
  environment: Environment;
  flag: Pick<Flag, 'key' | 'name'>;
  on: boolean;
  /** What it serves now, for those who hear it. */
  description?: string;
}

export function FlagToggle({ project, environment, flag, on, ...look }: FlagToggleProps) {
  const { turn, pending } = useSwitching(project, environment);
  const turned = pending?.key === flag.key ? pending.to : undefined; // a line of a list may show another flag by then
  const [refused, setRefused] = useState<{ flag: string; error: unknown }>();
  const forget = () => setRefused(undefined);
  return (
    <Toggle
      {...look}
      label={words.switchName(flag.name, environment.name)}
      checked={turned ?? on}
      isPending={turned !== undefined}
      failure={refused?.flag === flag.key ? { error: refused.error, onSeen: forget } : undefined}
      onChange={(to) => {
        forget();
        turn(flag, to, (error) => setRefused({ flag: flag.key, error }));
      }}
    />
  );
}
