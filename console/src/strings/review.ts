// What is said when a change is looked at before it is saved.

export const reviewWords = {
  title: (count: number) => (count === 1 ? 'Review 1 change' : `Review ${count} changes`),
  to: 'to',
  inEnvironment: 'In',
  changes: 'Changes',
  instructions: 'Instructions',
  conflicts: 'What it gets in the way of',
  why: 'Why',
  whyHint: 'It goes into the audit log.',
  whyAsked: (environment: string) => `${environment} asks for a comment. It goes into the audit log.`,
  whyMissing: (environment: string) => `${environment} asks for a comment.`,
  save: (environment: string) => `Save to ${environment}`,
  circle: (way: string) => `This would make a circle: ${way}.`,
  everywhere: 'all environments',
  nothing: 'This changes nothing.',
  checking: 'Checking what this does',
  theCheck: 'what this change does',
  undoHint: 'You can undo this from History.',
};
