import { describe, expect, it } from 'vitest';
import { emptyFlag, newFlagBody, problemsOf, startOf, type NewFlag } from './newFlag';
import { emptyVariation } from './variations';

const empty = emptyFlag({
  tags: ['web'],
  temporary: true,
  defaultClientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
});
const known = {
  name: 'Carrier',
  key: 'carrier',
  description: '',
  tags: ['web'],
  temporary: true,
  clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
};
const list = ['{"a": 1}', '{}'].map((text, place) => ({ ...emptyVariation([], text), _id: `new-${place + 1}` }));

describe('a new flag', () => {
  const cases: [string, Partial<NewFlag>, object][] = [
    ['a boolean leaves its variations to the project', { kind: 'boolean' }, {}],
    [
      'JSON has its values',
      { kind: 'json', list },
      {
        variations: [
          { value: { a: 1 }, name: '', description: '' },
          { value: {}, name: '', description: '' },
        ],
      },
    ],
    [
      'a migration of six stages moves by context kind',
      { kind: 'migration', stages: '6', contextKind: 'account' },
      { purpose: 'migration', migrationSettings: { stageCount: 6, contextKind: 'account' } },
    ],
    [
      'one of two stages does not',
      { kind: 'migration', stages: '2', contextKind: 'account' },
      { purpose: 'migration', migrationSettings: { stageCount: 2 } },
    ],
  ];
  it.each(cases)('of which %s', (_, change, members) =>
    expect(newFlagBody({ ...empty, name: ' Carrier ', key: 'carrier', ...change })).toEqual({ ...known, ...members }),
  );

  it.each([
    ['boolean', 0],
    ['migration', 0],
    ['string', 2],
    ['json', 2],
  ] as const)('of the kind %s begins with %i variations', (kind, count) => expect(startOf(kind)).toHaveLength(count));

  it('cannot have two empty texts', () => {
    expect(problemsOf({ ...empty, kind: 'string', list: startOf('string') }).size).toBe(1);
  });
});
