// Why the server refuses a change that is looked at, in the reader's words.
import { reviewWords as words } from '../strings/review';
import { Failure, present } from './failure';

/** An action that the caller may not do, and on what. */
export interface Denied {
  action: string;
  resource: string;
}

/** What is missing, by its name in policies. */
export const refusedWords = (denied: Denied[]) =>
  words.mayNot(denied.map(({ action, resource }) => words.mayNotOne(action, resource)).join(', '));

const CIRCLE = /they would form a cycle, (.+)$/;

/** Why the change itself cannot be made; undefined if it only could not be checked. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Failure) || ![400, 403, 409].includes(error.status)) return undefined;
  const [, circle] = CIRCLE.exec(error.message) ?? [];
  return circle === undefined ? present(error).message : words.circle(circle.replace(/\.$/, '').replaceAll(' -> ', ' → '));
}
