import { describe, expect, it } from 'vitest';
import { contextFilterOf } from './contextFilters';

const none = { q: '', kind: '', attribute: '', value: '' };

describe('the filter of a search for contexts', () => {
  it.each([
    [{}, ''],
    [{ q: ' ada ' }, 'q equals "ada"'],
    [{ q: 'say "hi"' }, 'q equals "say \\"hi\\""'],
    [{ kind: 'user' }, 'kind equals "user"'],
    [{ attribute: 'plan' }, '*.plan exists true'],
    [{ kind: 'user', attribute: 'plan', value: '"gold"' }, 'kind equals "user",user.plan equals "gold"'],
    [{ attribute: 'age', value: '5' }, '*.age equals 5'],
    [{ attribute: 'plan', value: 'gold' }, '*.plan equals "gold"'],
  ])('of %o is %s', (chosen, filter) => expect(contextFilterOf({ ...none, ...chosen })).toBe(filter));
});
