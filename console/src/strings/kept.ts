// What is said of choices that are kept for a member.

export const keptWords = { failed: 'Could not keep your columns and views' };
