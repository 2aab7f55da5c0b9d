// Where the reader is: project and environment, from the address.
import { createContext, useContext } from 'react';
import type { Environment, Project } from '../api/places';
import { readStored, writeStored } from '../ui/prefs';

export interface Place {
  project: Project;
  environments: Environment[];
  /** The one in the address, else the one that was looked at last. */
  environment: Environment;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

/** Where the reader is; only under the routes of a project. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === undefined) throw new Error('there is no project around this page');
  return place;
}

interface LastPlace {
  project: string;
  environments: Record<string, string>;
}

const NAME = 'flagstaff-place';

export const lastPlace = (): LastPlace | undefined => readStored(NAME) as LastPlace | undefined;

export function rememberPlace(project: string, environment: string): void {
  writeStored(NAME, { project, environments: { ...lastPlace()?.environments, [project]: environment } });
}

/** The environment to show where none is named: the last one, else the first. */
export function usualEnvironment(project: string, environments: Environment[]): Environment | undefined {
  const last = lastPlace()?.environments[project];
  return environments.find((environment) => environment.key === last) ?? environments[0];
}
