import { describe, expect, it } from 'vitest';
import { findCalled, queryOf, readViews, renamed, withView } from './flagViews';

const squad = { name: 'Checkout squad', query: 'tag=checkout' };
const mine = { name: 'Mine by name', query: 'maintainer=m1&sort=name' };

describe('views of the list of flags', () => {
  it.each([
    ['sort=name&q=dark&new=1', 'q=dark&sort=name'],
    ['tag=&status=active', 'status=active'],
    ['', ''],
  ])('%s is the view %s', (address, query) => expect(queryOf(new URLSearchParams(address))).toBe(query));

  it('are added, and replaced by name wherever they stand', () => {
    const views = withView(withView([squad], mine), { name: ' checkout SQUAD ', query: 'tag=cart' });
    expect(views).toEqual([{ name: 'checkout SQUAD', query: 'tag=cart' }, mine]);
    expect(findCalled(views, 'mine BY name')).toEqual(mine);
  });

  it('are renamed; one that had the name gives way', () => {
    expect(renamed([squad, mine], squad, 'Cart')).toEqual([{ ...squad, name: 'Cart' }, mine]);
    expect(renamed([squad, mine], squad, 'mine by name')).toEqual([{ ...squad, name: 'mine by name' }]);
  });

  it.each([[undefined], ['x'], [[null, { name: 1 }]]])('%j, if that is kept, is no view', (kept) => expect(readViews(kept)).toEqual([]));
});
