// What a flag is called and who may see it, while it is edited, and the instructions that change it.
import { propertyFaults, propertySteps, readProperties, type Property } from './customProperties';
import type { Step } from './steps';

export interface FlagSettings {
  name: string;
  description: string;
  tags: string[];
  /** `member:` and an id, `team:` and a key, or nobody. */
  maintainer: string;
  temporary: boolean;
  usingMobileKey: boolean;
  usingEnvironmentId: boolean;
  properties: Property[];
}

interface Answered {
  name: string;
  description: string;
  tags: string[];
  maintainerId?: string;
  maintainerTeamKey?: string;
  temporary: boolean;
  clientSideAvailability: { usingMobileKey: boolean; usingEnvironmentId: boolean };
  customProperties: Record<string, { name: string; value: string[] }>;
}

export const memberMaintainer = (id: string) => `member:${id}`;
export const teamMaintainer = (key: string) => `team:${key}`;

export function readSettings(flag: Answered): FlagSettings {
  const { name, description, tags, maintainerId, maintainerTeamKey, temporary, clientSideAvailability } = flag;
  const { usingMobileKey, usingEnvironmentId } = clientSideAvailability;
  const maintainer = maintainerTeamKey
    ? teamMaintainer(maintainerTeamKey)
    : maintainerId
      ? memberMaintainer(maintainerId)
      : '';
  const properties = readProperties(flag.customProperties);
  return { name, description, tags, maintainer, temporary, usingMobileKey, usingEnvironmentId, properties };
}

export const isNamed = ({ name }: FlagSettings) => name.trim() !== '';
export const isWhole = (settings: FlagSettings) => isNamed(settings) && !propertyFaults(settings.properties).some(Boolean);

/** Instructions that lead from `before` to `after`. */
export function settingsSteps(before: FlagSettings, after: FlagSettings): Step[] {
  const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one));
  const added = without(after.tags, before.tags);
  const removed = without(before.tags, after.tags);
  const name = after.name.trim();
  return [
    ...(before.name === name ? [] : [{ kind: 'updateName', value: name }]),
    ...(before.description === after.description ? [] : [{ kind: 'updateDescription', value: after.description }]),
    ...(added.length > 0 ? [{ kind: 'addTags', values: added }] : []),
    ...(removed.length > 0 ? [{ kind: 'removeTags', values: removed }] : []),
    ...(before.maintainer === after.maintainer ? [] : [maintainerStep(after.maintainer)]),
    ...(before.temporary === after.temporary ? [] : [{ kind: after.temporary ? 'makeFlagTemporary' : 'makeFlagPermanent' }]),
    ...availabilitySteps('usingMobileKey', before, after),
    ...availabilitySteps('usingEnvironmentId', before, after),
    ...propertySteps(before.properties, after.properties),
  ];
}

function maintainerStep(maintainer: string): Step {
  const [kind = '', ...rest] = maintainer.split(':');
  const value = rest.join(':');
  if (value === '') return { kind: 'removeMaintainer' };
  return { kind: kind === 'team' ? 'updateMaintainerTeam' : 'updateMaintainerMember', value };
}

function availabilitySteps(sdk: 'usingMobileKey' | 'usingEnvironmentId', before: FlagSettings, after: FlagSettings): Step[] {
  if (before[sdk] === after[sdk]) return [];
  return [{ kind: after[sdk] ? 'turnOnClientSideAvailability' : 'turnOffClientSideAvailability', value: sdk }];
}
