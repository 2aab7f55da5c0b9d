// The switch of a flag in the list: what it serves for those who hear it, and why it may stay as it is.
import { Suspense, lazy } from 'react';
import type { FlagRow } from '../../../api/flagRows';
import { readLate } from '../../../ui/readLate';
import type { Place } from '../../place';
import { FlagToggle } from '../FlagToggle';
import { whyFixed } from '../switching';

const SwitchRefusal = lazy(() => readLate(() => import('./SwitchRefusal')));

export interface ListSwitchProps {
  place: Place;
  flag: FlagRow;
  told: string;
  size?: 'lg';
}

export function ListSwitch({ place: { project, environment }, flag, told, ...look }: ListSwitchProps) {
  const refusal = whyFixed(flag);
  const resource = `proj/${project.key}:env/${environment.key}:flag/${flag.key}`;
  return (
    <FlagToggle
      {...look}
      project={project.key}
      environment={environment}
      flag={flag}
      on={flag.environments[environment.key]?.on ?? false}
      description={told}
      refusal={refusal}
      refusalAtLength={
        refusal === undefined || flag.archived ? undefined : (
          <Suspense fallback={refusal}>
            <SwitchRefusal resource={resource} short={refusal} />
          </Suspense>
        )
      }
    />
  );
}
