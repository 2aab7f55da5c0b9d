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
    updateIncluded: 'changing its included keys',
    updateExcluded: 'changing its excluded keys',
    viewSdkKey: 'seeing its whole keys',
    viewOAuthClients: 'seeing the registered applications',
  } as Record<string, string>,
  /** `changing rules (updateRules)` */
  act: (act: string, action: string) => `${act} (${action})`,
  mayNot: (acts: string, where: string, why: string) => `${where === '' ? 'You' : `In ${where} you`} may not do this: ${acts}. ${why}`,
  refuses: (role: string) => `The role ${role} refuses it.`,
  noRole: 'None of your roles gives it.',
  gives: (what: string, own: string) => `Your role gives it for ${what}; this one is ${own}.`,
  things: { flag: 'flags', segment: 'segments' } as Record<string, string | undefined>,
  both: ' and ',
  either: ' or ',
  tagged: (things: string, tags: string) => `${things} tagged ${tags}`,
  isTagged: (tags: string) => `tagged ${tags}`,
  untagged: 'not tagged',
  called: (things: string, names: string) => `${things} called ${names}`,
  isCalled: (name: string) => name,
  within: (things: string, environments: string) => `${things} in ${environments}`,
  isWithin: (environment: string) => `in ${environment}`,
  environmentsTagged: (tags: string) => `environments tagged ${tags}`,
  critical: 'critical environments',
  uncritical: 'environments that are not critical',
  /** Without an act of several. */
  unasked: (act: string, where: string) =>
    `Could not ask ${act === '' ? 'what you may do' : 'whether you may do this'}${where === '' ? '' : ` in ${where}`}${
      act === '' ? '' : `: ${act}`
    }. Trying again.`,
  ask: (names: string) => `Ask: ${names}.`,
  more: (count: number) => `${count} more`,
  andMore: (acts: string, count: number) => `${acts} and ${count} more`,
  unseen: (kind: string) =>
    `None of your roles allows ${kind === 'team' ? 'to see any (viewTeam)' : 'anything'} on ${kind}/*. An admin can change that.`,
};
