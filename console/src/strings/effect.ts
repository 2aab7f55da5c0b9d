// What is said of what a change would have done to the contexts seen of late.

export const effectWords = {
  title: 'What would have been different',
  window: 'contexts seen in the last 24 h',
  windowIn: (environment: string) => `contexts seen in ${environment} in the last 24 h`,
  computing: 'Trying the change on the contexts seen in the last 24 h',
  nobodySeen: 'No context was seen in the last 24 h, so there is nothing to try the change on.',
  nobodyMoves: (total: string) => `None of ${total} would have got another variation.`,
  someMove: (moved: string, total: string) => `${moved} of ${total}`,
  aboutSome: (moved: string, total: string) => `about ${moved} of ${total}`,
  wouldMove: 'contexts would have got another variation.',
  wouldChange: 'contexts would have got another value.',
  sampled: (sampled: string) => `Tried on the ${sampled} that were seen last, and scaled up to all.`,
  otherFlag: 'In the flag',
  moreFlags: (count: number) =>
    count === 1 ? '1 more flag depends on it and was not tried.' : `${count} more flags depend on it and were not tried.`,
  moreMoves: (count: number) => (count === 1 ? 'and 1 other way' : `and ${count} other ways`),
  unknown: (why: string) => `The effect is not known. ${why}`,
  pushed: 'Shares lie end to end. As the others grow and shrink, ',
  pushedAlong: (losing: string, gaining: string) => ` is pushed along: it loses ${losing} and gains ${gaining}.`,
  to: 'to',
  codeDefault: 'the default in the code',
  was: (step: string) => `was ${step}`,
  steps: {
    OFF: 'off',
    FALLTHROUGH: 'everyone else',
    TARGET_MATCH: 'targets',
    ERROR: 'failed',
  } as Record<string, string>,
  rule: (place: number) => `rule ${place}`,
  requires: (key: string) => `requires ${key}`,
};
