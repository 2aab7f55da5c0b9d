// What a member has chosen, in this browser and on the server: which of the two counts.

export interface Choice {
  name: string;
  /** What this browser has; undefined for nothing. */
  ours: unknown;
  /** What the server has. */
  theirs: unknown;
  /** Whether something was chosen here that the server may not know yet. */
  isUnsent: boolean;
}

export interface Settled {
  /** What the server has and this browser takes over. */
  taken: Choice[];
  /** What only this browser has, which is carried over to the server. */
  given: Choice[];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What is about to be sent stays as it is: it is newer than anything that the server has told. */
export function settle(choices: readonly Choice[]): Settled {
  const settled = choices.filter(({ isUnsent }) => !isUnsent);
  return {
    taken: settled.filter(({ ours, theirs }) => theirs !== undefined && !isSame(ours, theirs)),
    given: settled.filter(({ ours, theirs }) => theirs === undefined && ours !== undefined),
  };
}
