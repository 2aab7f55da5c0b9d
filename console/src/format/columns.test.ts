import { describe, expect, it } from 'vitest';
import { inOrder, readColumns, usualColumns, withMoved, withShown } from './columns';

const ALL = ['on', 'served', 'changed'];

describe('the order of columns', () => {
  it.each([
    [[], ['on', 'served', 'changed']],
    [['changed', 'on', 'served'], ['changed', 'on', 'served']],
    [['changed', 'on'], ['changed', 'on', 'served']],
    [['changed', 'served'], ['on', 'changed', 'served']],
    [['gone', 'served', 'on', 'changed'], ['served', 'on', 'changed']],
  ])('%j makes %j', (order, expected) => expect(inOrder(ALL, { ...usualColumns, order })).toEqual(expected));

  it('is changed by one place', () => {
    expect(withMoved(ALL, usualColumns, 'changed', -1).order).toEqual(['on', 'changed', 'served']);
    expect(withMoved(ALL, usualColumns, 'on', -1)).toBe(usualColumns);
    expect(withMoved(ALL, usualColumns, 'changed', 1)).toBe(usualColumns);
  });
});

it('columns are hidden and shown again', () => {
  const without = withShown(usualColumns, 'served', false);
  expect(without.hidden).toEqual(['served']);
  expect(withShown(without, 'served', false).hidden).toEqual(['served']);
  expect(withShown(without, 'served', true).hidden).toEqual([]);
});

it.each([[undefined], [null], ['on'], [{ order: 'on', hidden: [] }], [[]]])('of %j nothing is taken', (kept) =>
  expect(readColumns(kept)).toEqual(usualColumns),
);

it('what was kept is read back, but for what is no name', () => {
  const kept = { order: ['on', 3], hidden: ['served', null], widths: { on: 90, served: 'wide' } };
  expect(readColumns(kept)).toEqual({ order: ['on'], hidden: ['served'], widths: { on: 90 } });
  expect(readColumns({ order: [], hidden: [] })).toEqual(usualColumns);
});
