import { expect, test } from 'vitest';
import { chosenOperator, operatorChoice, OPERATORS, operatorWords, typedValues, valueNote, valueProblem } from './operators';

test.each(OPERATORS)('$value is chosen and shown by the same words', ({ value, label }) => {
  const chosen = chosenOperator(value);

  expect(operatorChoice(chosen)).toBe(value);
  expect(operatorWords(chosen)).toBe(label);
});

test('an operator that we do not know keeps its name', () => {
  expect(operatorWords({ op: 'sameOrbit', negate: false })).toBe('sameOrbit');
});

test.each([
  ['in', 'true', true],
  ['in', '42', '42'],
  ['lessThan', '42', 42],
  ['lessThan', 'many', 'many'],
  ['startsWith', 'true', 'true'],
])('%s reads %s', (op, text, value) => {
  expect(typedValues(op, [text], [])).toEqual([value]);
});

test('a value that was there keeps its type', () => {
  expect(typedValues('in', ['42', '43'], [42])).toEqual([42, '43']);
});

test.each([
  ['greaterThan', 'x', 'x is not a number.'],
  ['greaterThan', 1, undefined],
  ['semVerLessThan', '5.x', '5.x is not a version. Did you mean 5.0.0?'],
  ['semVerLessThan', 'new', 'new is not a version.'],
  ['semVerLessThan', '5.2', undefined],
  ['semVerLessThan', '5.2.0-beta', undefined],
  ['in', 'x', undefined],
  ['in', 'abc(', undefined],
  ['matches', '^beta-(a|b', '( on position 7 is never closed.'],
  ['matches', 'a)b', ') on position 2 was never opened.'],
  ['matches', 'a[(]b[c', '[ on position 6 is never closed.'],
  ['matches', String.raw`(?i)^\([^])]+\)[]x(]$`, undefined],
])('%s of %s', (op, value, problem) => {
  expect(valueProblem(op, value)).toBe(problem);
});

test.each([
  ['semVerLessThan', '5.2', '5.2 is read as 5.2.0.'],
  ['semVerEqual', '5.2.0', undefined],
  ['in', '5.2', undefined],
])('%s of %s is noted', (op, value, note) => {
  expect(valueNote(op, value)).toBe(note);
});
