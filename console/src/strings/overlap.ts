// What is said where somebody else has saved a version while one was editing.

export const overlapWords = {
  rule: (place: number) => `rule ${place}`,
  gone: (rule: string) => `${rule} (deleted; delete it here, too)`,
  goneRule: 'a rule that is deleted',
  requirement: (key: string) => `the requirement ${key}`,
  key: (kind: string, key: string) => `the ${kind} ${key}`,
  parts: {
    reorderRules: 'the order of rules',
    updateFallthroughVariationOrRollout: 'everyone else',
    updateOffVariation: 'what is served when off',
    updateTrackEvents: 'sending of evaluations',
    updateTrackEventsFallthrough: 'sending of evaluations of everyone else',
  } as Record<string, string | undefined>,
  apart: (version: number) => `Version ${version} was saved meanwhile. It changes nothing that you have changed.`,
  /** `parts` are named, a few of them. */
  overlap: (version: number, parts: string) =>
    `Version ${version} was saved meanwhile and changes the same: ${parts}. Look before you save.`,
  more: (names: string, count: number) => `${names} and ${count} more`,
};
