// What is said where somebody else has saved a version while one was editing.

export const overlapWords = {
  one: { rule: (place: number) => `rule ${place}`, variation: (place: number) => `variation ${place}` },
  gone: {
    rule: (rule: string) => `${rule} (deleted; delete it here, too)`,
    variation: (variation: string) => `${variation} (removed; saving adds it again)`,
  },
  lost: { rule: 'a rule that is deleted', variation: 'a variation that is removed' },
  requirement: (key: string) => `the requirement ${key}`,
  key: (kind: string, key: string) => `the ${kind} ${key}`,
  tag: (tag: string) => `the tag ${tag}`,
  property: (key: string) => `the property ${key}`,
  sdks: { usingMobileKey: 'whether mobile SDKs get it', usingEnvironmentId: 'whether client-side SDKs get it' } as Record<
    string,
    string | undefined
  >,
  anySdks: 'which SDKs get it',
  defaults: {
    onVariationValue: 'what new environments serve when on',
    offVariationValue: 'what new environments serve when off',
  } as Record<string, string | undefined>,
  parts: {
    reorderVariations: 'the order of variations',
    updateName: 'the name',
    updateDescription: 'the description',
    updateMaintainerMember: 'who looks after it',
    updateMaintainerTeam: 'who looks after it',
    removeMaintainer: 'who looks after it',
    makeFlagTemporary: 'whether it is temporary',
    makeFlagPermanent: 'whether it is temporary',
    reorderRules: 'the order of rules',
    updateFallthroughVariationOrRollout: 'everyone else',
    updateOffVariation: 'what is served when off',
    updateTrackEvents: 'sending of evaluations',
    updateTrackEventsFallthrough: 'sending of evaluations of everyone else',
  } as Record<string, string | undefined>,
  saved: (version: number, who: string | undefined) =>
    who === undefined ? `Version ${version} was saved meanwhile` : `${who} saved version ${version} meanwhile`,
  apart: (saved: string) => `${saved}. It changes nothing that you have changed; both will be kept.`,
  /** `parts` are named, a few of them. */
  overlap: (saved: string, parts: string) => `${saved}, and changed the same: ${parts}. Look before you save.`,
  more: (names: string, count: number) => `${names} and ${count} more`,
};
