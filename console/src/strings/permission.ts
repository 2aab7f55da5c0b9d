// What is said where the reader may not do something.

export const permissionWords = {
  /** What actions are called; the others are called by their own words. */
  acts: {
    updateOn: 'turning it on and off',
    updateTargets: 'changing targets',
    updateRules: 'changing rules',
    updateFlagRuleDescription: 'renaming rules',
    updatePrerequisites: 'changing requirements',
    updateFallthrough: 'changing what everyone else gets',
    updateOffVariation: 'changing what is served when it is off',
    updateTrackEvents: 'choosing what SDKs send every evaluation of',
    updateFlagVariations: 'changing variations',
    updateFlagDefaultVariations: 'changing the variations of new environments',
    updateName: 'changing its name',
    updateDescription: 'changing its description',
    updateTags: 'changing its tags',
    updateMaintainer: 'changing who looks after it',
    updateTemporary: 'saying whether it is temporary',
    updateClientSideFlagAvailability: 'changing which SDKs get it',
    updateDeprecated: 'deprecating it',
    updateFlagConfigMigrationSettings: 'changing how many reads of it are compared',
    updateFlagCustomProperties: 'changing its custom properties',
    updateGlobalArchived: 'archiving it',
    deleteFlag: 'deleting it',
    updateIncluded: 'changing its keys',
    viewOAuthClients: 'seeing the registered applications',
  } as Record<string, string>,
  /** `changing rules (updateRules)` */
  act: (act: string, action: string) => `${act} (${action})`,
  mayNot: (acts: string, where: string, role: string) =>
    `${where === '' ? 'You' : `In ${where} you`} may not do this: ${acts}. ${
      role === '' ? 'None of your roles gives it.' : `The role ${role} refuses it.`
    }`,
  ask: (names: string) => `Ask: ${names}.`,
  more: (count: number) => `${count} more`,
  unseen: (kind: string) =>
    `None of your roles allows ${kind === 'team' ? 'to see any (viewTeam)' : 'anything'} on ${kind}/*. An admin can change that.`,
};
