// What the reader may do with the flag of the page.
import { useAccessTo, type Access } from '../../api/may';
import { usePlace } from '../place';
import { useFlag } from './flag';

export const TARGETING = [
  'updateOn',
  'updatePrerequisites',
  'updateTargets',
  'updateRules',
  'updateFlagRuleDescription',
  'updateFallthrough',
  'updateOffVariation',
  'updateTrackEvents',
];
export const GENERAL = [
  'updateName',
  'updateDescription',
  'updateTags',
  'updateMaintainer',
  'updateTemporary',
  'updateClientSideFlagAvailability',
];
const ACTIONS = [
  ...TARGETING,
  ...GENERAL,
  'updateFlagConfigMigrationSettings',
  'updateFlagCustomProperties',
  'updateFlagVariations',
  'updateFlagDefaultVariations',
  'updateDeprecated',
  'updateGlobalArchived',
  'deleteFlag',
];

/** In its environment, or in all where the whole flag is changed. */
export function useAccess(scope: 'here' | 'everywhere'): Access {
  const { project, environment, environments } = usePlace();
  const { key } = useFlag();
  const asked = scope === 'here' ? [environment] : environments;
  return useAccessTo(
    ACTIONS,
    asked.map((one) => ({ name: one.name, resource: `proj/${project.key}:env/${one.key}:flag/${key}` })),
  );
}
