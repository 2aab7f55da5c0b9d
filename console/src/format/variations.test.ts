import { describe, expect, it } from 'vitest';
import { carryOver, emptyVariation, readVariations, typedValue, valueKindOf, valueProblems, variationChange, variationParts, type EditedVariations } from './variations';

const base: EditedVariations = readVariations({
  variations: [
    { _id: 'a', name: 'classic', value: 'old' },
    { _id: 'b', name: 'express', description: 'One page', value: 'new' },
  ],
  defaults: { onVariation: 1, offVariation: 0 },
});

const changed = (change: (edited: EditedVariations) => void): EditedVariations => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};
const at = (edited: EditedVariations, place: number) => edited.list[place] ?? emptyVariation([]);

describe('variations as they are edited', () => {
  it('have the text of their values and the ids of their defaults', () => {
    expect(base).toEqual({
      list: [
        { _id: 'a', name: 'classic', description: '', text: 'old' },
        { _id: 'b', name: 'express', description: 'One page', text: 'new' },
      ],
      on: 'b',
      off: 'a',
    });
  });

  it.each([
    [true, 'boolean'],
    ['', 'string'],
    [0, 'number'],
    [{}, 'json'],
    [[], 'json'],
  ])('of %j are of the kind %s', (value, kind) => expect(valueKindOf([value])).toBe(kind));

  it.each([
    ['string', '1', '1'],
    ['number', '1.50', 1.5],
    ['json', '{"a": [1]}', { a: [1] }],
    ['boolean', 'true', true],
  ] as const)('of the kind %s mean by %j', (kind, text, value) => expect(typedValue(kind, text)).toEqual(value));
});

describe('what keeps values from being saved', () => {
  const list = (...texts: string[]) => texts.map((text, place) => ({ ...emptyVariation([], text), _id: String(place) }));
  it.each([
    ['string', ['', 'a'], undefined],
    ['string', ['a', 'a'], 'Variation 1 has the same value.'],
    ['number', ['1', 'x'], 'x is not a number.'],
    ['number', ['1', ' '], 'Write a number.'],
    ['number', ['1', '1.0'], 'Variation 1 has the same value.'],
    ['json', ['{"a": 1, "b": 2}', '{"b": 2, "a": 1}'], 'Variation 1 has the same value.'],
    ['json', ['{}', '{"a" 1}'], 'Line 1, column 6: a colon is missing before 1.'],
    ['json', ['{}', 'null'], 'A variation cannot be null.'],
    ['json', ['{}', '"text"'], 'The values of a flag are of one type; the first is an object or list.'],
    ['json', ['{}', ''], 'Write a JSON value.'],
  ] as const)('%s %j: %s', (kind, texts, problem) => expect(valueProblems(kind, list(...texts)).get('1')).toBe(problem));
});

describe('what leads from one state of variations to another', () => {
  const cases: [string, EditedVariations, unknown][] = [
    ['nothing', changed(() => undefined), { instructions: [] }],
    [
      'another name',
      changed((edited) => (at(edited, 0).name = 'old one')),
      { instructions: [{ kind: 'updateVariation', variationId: 'a', name: 'old one' }] },
    ],
    [
      'one more, which new environments serve when on',
      changed((edited) => {
        edited.list.push({ _id: 'new-1', name: 'both', description: '', text: 'both' });
        edited.on = 'new-1';
      }),
      {
        instructions: [
          { kind: 'addVariation', value: 'both', name: 'both', description: '' },
          { kind: 'updateDefaultVariation', onVariationValue: 'both' },
        ],
      },
    ],
    [
      'one less',
      changed((edited) => {
        edited.list.pop();
        edited.on = 'a';
      }),
      {
        instructions: [
          { kind: 'updateDefaultVariation', onVariationValue: 'old' },
          { kind: 'removeVariation', variationId: 'b' },
        ],
      },
    ],
    [
      'another order',
      changed((edited) => edited.list.reverse()),
      {
        instructions: [],
        document: [
          { op: 'test', path: '/_version', value: 7 },
          {
            op: 'replace',
            path: '/variations',
            value: [
              { _id: 'b', value: 'new', name: 'express', description: 'One page' },
              { _id: 'a', value: 'old', name: 'classic', description: '' },
            ],
          },
          { op: 'replace', path: '/defaults', value: { onVariation: 0, offVariation: 1 } },
        ],
      },
    ],
  ];
  it.each(cases)('to %s', (_, after, steps) => expect(variationChange('string', base, after, 7)).toEqual(steps));

  it('to values that have changed hands, as a whole', () => {
    const swapped = changed((edited) => {
      at(edited, 0).text = 'new';
      at(edited, 1).text = 'old';
    });
    expect(variationChange('string', base, swapped, 7).document).toHaveLength(3);
  });
});

describe('what was edited while somebody else saved', () => {
  const three = changed((edited) => edited.list.push({ _id: 'c', name: 'single', description: '', text: 'one' }));
  const from = (start: EditedVariations, change: (edited: EditedVariations) => void) => {
    const copy = structuredClone(start);
    change(copy);
    return copy;
  };
  const remove = (place: number) => (edited: EditedVariations) => void edited.list.splice(place, 1);
  const rename = (place: number, name: string) => (edited: EditedVariations) => void (at(edited, place).name = name);
  const revalue = (place: number, text: string) => (edited: EditedVariations) => void (at(edited, place).text = text);
  const add = (id: string) => (edited: EditedVariations) => void edited.list.push({ _id: id, name: id, description: '', text: id });
  const reverse = (edited: EditedVariations) => void edited.list.reverse();
  const none = () => undefined;
  const shown = ({ list }: EditedVariations) => list.map(({ _id, name, text }) => `${_id} ${name} ${text}`);

  it.each<[string, (edited: EditedVariations) => void, (edited: EditedVariations) => void, string[]]>([
    ['keeps what only they changed', none, rename(1, 'quick'), ['a classic old', 'b quick new', 'c single one']],
    ['keeps a name and a value of one', rename(0, 'plain'), revalue(0, 'o'), ['a plain o', 'b express new', 'c single one']],
    ['is mine where both changed it', rename(0, 'plain'), rename(0, 'old'), ['a plain old', 'b express new', 'c single one']],
    ['keeps what both added', add('new-1'), add('d'), ['a classic old', 'b express new', 'c single one', 'd d d', 'new-1 new-1 new-1']],
    ['lacks what either removed', remove(2), remove(1), ['a classic old']],
    ['has what they removed and I changed', rename(1, 'quick'), remove(1), ['a classic old', 'c single one', 'b quick new']],
    ['has their order', rename(0, 'plain'), reverse, ['c single one', 'b express new', 'a plain old']],
    ['has mine, and theirs at its end', reverse, add('d'), ['c single one', 'b express new', 'a classic old', 'd d d']],
  ])('%s', (_, mine, theirs, expected) => {
    expect(shown(carryOver(three, from(three, mine), from(three, theirs)))).toEqual(expected);
  });

  it('has the default that either changed', () => {
    const mine = from(three, (edited) => void (edited.on = 'c'));
    const theirs = from(three, (edited) => void (edited.off = 'b'));
    expect(carryOver(three, mine, theirs)).toMatchObject({ on: 'c', off: 'b' });
  });

  it('is told by its parts, whatever is typed as a value', () => {
    expect(variationParts(three, from(three, revalue(1, '{')))).toEqual([{ kind: 'updateVariation', variationId: 'b', value: '{' }]);
    expect(variationParts(three, from(three, reverse)).map(({ kind }) => kind)).toEqual(['reorderVariations']);
    expect(variationParts(three, from(three, remove(0))).map(({ kind }) => kind)).toEqual(['removeVariation']);
  });
});
