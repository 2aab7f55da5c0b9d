import { describe, expect, it } from 'vitest';
import { filterOf, isFiltered, readFilters, withFilter } from './flagFilters';

const read = (text: string) => readFilters(new URLSearchParams(text));

describe('the view of the list of flags', () => {
  it.each([
    ['', ''],
    ['q=dark, mode', 'query:"dark, mode"'],
    ['status=active&tag=web', 'status:active,tags:web'],
    ['status=nonsense', ''],
    ['maintainer=m1&archived=true', 'maintainerId:m1,archived:true'],
  ])('%s is asked for as %s', (address, filter) => {
    expect(filterOf(read(address))).toBe(filter);
    expect(isFiltered(read(address))).toBe(filter !== '');
  });

  it.each([
    ['', 'sort', 'name', 'sort=name'],
    ['sort=name', 'sort', '-creationDate', ''],
    ['q=a&status=new', 'status', '', 'q=a'],
    ['q=a', 'archived', 'true', 'q=a&archived=true'],
  ] as const)('%s with %s=%s is %s', (before, name, value, after) => {
    expect(withFilter(new URLSearchParams(before), name, value).toString()).toBe(after);
  });

  it('sorts as usual where the address asks for what there is not', () => {
    expect(read('sort=colour').sort).toBe('-creationDate');
  });
});
