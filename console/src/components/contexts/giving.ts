// Where the address says which variation a context is to be given.

/** The flag that it is a variation of. */
export const GIVEN = 'give';

/** The variation that is reviewed, once it is. */
export const REVIEWED = 'variation';
