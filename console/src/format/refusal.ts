// Why the server refuses a change that is looked at, in the reader's words.
import { reviewWords as words } from '../strings/review';
import { Failure, present } from './failure';

const CIRCLE = /they would form a cycle, (.+)$/;

/** Why the change itself cannot be made; undefined if it only could not be checked. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Failure) || ![400, 403, 409].includes(error.status)) return undefined;
  const [, circle] = CIRCLE.exec(error.message) ?? [];
  return circle === undefined ? present(error).message : words.circle(circle.replace(/\.$/, '').replaceAll(' -> ', ' → '));
}
