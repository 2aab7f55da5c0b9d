import { describe, expect, it } from 'vitest';
import { countSteps, isWhole, judge, reverseOf, sortFindings, stepsOf, type BulkChange, type Verdict } from './bulk';

const tellDenied = (actions: string[]) => `not ${actions.join(', ')}`;
const said = (instructions: unknown[], conflicts: string[] = [], denied: string[] = []) => ({
  steps: instructions.length === 0 ? [] : [{ instructions }],
  conflicts: conflicts.map((message) => ({ message })),
  denied: denied.map((action) => ({ action })),
});

describe('a change of many flags', () => {
  it.each<[BulkChange, unknown[], unknown[], boolean]>([
    [{ kind: 'turn', on: true }, [{ kind: 'turnFlagOn' }], [{ kind: 'turnFlagOff' }], false],
    [{ kind: 'turn', on: false }, [{ kind: 'turnFlagOff' }], [{ kind: 'turnFlagOn' }], false],
    [{ kind: 'archive', archived: true }, [{ kind: 'archiveFlag' }], [{ kind: 'restoreFlag' }], true],
    [{ kind: 'archive', archived: false }, [{ kind: 'restoreFlag' }], [{ kind: 'archiveFlag' }], true],
    [{ kind: 'tags', add: [], remove: [] }, [], [], true],
    [
      { kind: 'tags', add: ['a', 'b'], remove: ['c'] },
      [{ kind: 'removeTags', values: ['c'] }, { kind: 'addTags', values: ['a', 'b'] }],
      [{ kind: 'removeTags', values: ['a', 'b'] }, { kind: 'addTags', values: ['c'] }],
      true,
    ],
  ])('%j is sent and taken back as steps', (change, steps, back, whole) => {
    expect(stepsOf(change)).toEqual(steps);
    expect(reverseOf(stepsOf(change))).toEqual(back);
    expect(isWhole(change)).toBe(whole);
  });

  it.each([
    [said([{ kind: 'turnFlagOn' }]), { state: 'ready', steps: [{ kind: 'turnFlagOn' }], conflicts: [] }],
    [said([{ kind: 'turnFlagOn' }], ['It hurts']), { state: 'ready', steps: [{ kind: 'turnFlagOn' }], conflicts: ['It hurts'] }],
    [said([]), { state: 'same' }],
    [said([{ kind: 'turnFlagOn' }], [], ['updateOn', 'updateOn']), { state: 'refused', reason: 'not updateOn' }],
  ])('is judged by its preview', (preview, verdict) => expect(judge(preview, tellDenied)).toEqual(verdict));

  it('sorts flags by what was found of them, and counts the kinds of steps', () => {
    const flags = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key }));
    const verdicts = new Map<string, Verdict>([
      ['a', { state: 'ready', steps: [{ kind: 'addTags', values: ['x'] }], conflicts: [] }],
      ['b', { state: 'same' }],
      ['c', { state: 'refused', reason: 'no' }],
      ['d', { state: 'refused', reason: 'no' }],
      ['e', { state: 'ready', steps: [{ kind: 'removeTags' }, { kind: 'addTags' }], conflicts: ['hm'] }],
    ]);
    const found = sortFindings(flags, verdicts);
    expect(found.ready.map(({ flag }) => flag.key)).toEqual(['a', 'e']);
    expect(found.same).toEqual([{ key: 'b' }]);
    expect([...found.refused]).toEqual([['no', [{ key: 'c' }, { key: 'd' }]]]);
    expect(found.unknown.size).toBe(0);
    expect([...countSteps(found.ready)].sort()).toEqual([['addTags', 2], ['removeTags', 1]]);
  });
});
