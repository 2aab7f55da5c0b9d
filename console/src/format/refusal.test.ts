import { describe, expect, it } from 'vitest';
import { Failure } from './failure';
import { refusalOf } from './refusal';

describe('a refused change', () => {
  it.each([
    [400, 'prerequisites: they would form a cycle, a -> b -> a', 'This would make a circle: a → b → a.'],
    [409, 'Flag is still in use as a prerequisite of b', 'Flag is still in use as a prerequisite of b.'],
    [503, 'busy', undefined],
    [0, '', undefined],
  ])('with %i %s is told as %s', (status, message, told) => expect(refusalOf(new Failure(status, '', message))).toBe(told));
});
