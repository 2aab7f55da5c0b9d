import { createMemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { changeAddress, linkTo, nothing } from './address';

const routes = [{ path: '/flags' }, { path: '/slow', loader: () => new Promise((done) => setTimeout(() => done(null))) }];
const at = (address: string) => {
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  router.initialize();
  return router;
};
const addressOf = ({ state: { location } }: ReturnType<typeof at>) => location.pathname + location.search;

describe('the address', () => {
  it.each(['/flags', '/slow'])('keeps both of two changes that %s makes in one moment', async (path) => {
    const router = at(`${path}?q=dark`);
    const first = changeAddress(router, { tag: 'ops' }, true);
    await Promise.all([first, changeAddress(router, { sort: 'name' }, true)]);
    expect(addressOf(router)).toBe(`${path}?q=dark&tag=ops&sort=name`);
  });

  it('is emptied before it is filled when both happen in one moment', async () => {
    const router = at('/flags?q=dark&tag=ops');
    await Promise.all([changeAddress(router, nothing), changeAddress(router, { entry: '1' })]);
    expect(addressOf(router)).toBe('/flags?entry=1');
  });

  it('keeps what it was for going back, unless it is replaced', async () => {
    const router = at('/flags');
    await changeAddress(router, { new: 'flag' });
    await changeAddress(router, { q: 'a' }, true);
    await router.navigate(-1);
    expect(addressOf(router)).toBe('/flags');
  });

  it('loses a parameter that is set to nothing', () =>
    expect(linkTo(new URLSearchParams('q=a&open=1'), { open: undefined, q: '', tag: 'b' })).toBe('?tag=b'));
});
