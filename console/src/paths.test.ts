import { describe, expect, it } from 'vitest';
import { inEnvironment, inOtherProject, keyOf, paths, safeNext } from './paths';

describe('addresses', () => {
  it('are those that links of the API and of colleagues have', () => {
    expect({
      login: paths.login('/default/test/flags?q=a&tag=b'),
      flags: paths.flags('default', 'production'),
      flag: paths.flag('default', 'production', 'checkout'),
      tab: paths.flag('default', 'production', 'checkout', 'history'),
      segment: paths.segment('default', 'test', 'beta'),
      profile: paths.profile(),
    }).toMatchInlineSnapshot(`
      {
        "flag": "/default/production/flags/checkout",
        "flags": "/default/production/flags",
        "login": "/login?next=%2Fdefault%2Ftest%2Fflags%3Fq%3Da%26tag%3Db",
        "profile": "/account/profile",
        "segment": "/default/test/segments/beta",
        "tab": "/default/production/flags/checkout/history",
      }
    `);
  });

  it.each(['mobile', 'api', 'eval', 'sdk', 'account', 'login'])('mark the project %s, whose name is taken', (key) => {
    const [, project = ''] = paths.flags(key, 'test').split('/');
    expect(project).toBe(`~${key}`);
    expect(keyOf(project)).toBe(key);
  });

  it('mark an environment with the name of a page of projects', () => {
    expect(paths.flags('default', 'settings')).toBe('/default/~settings/flags');
  });

  it('mark a flag with the name of a page of flags', () => {
    const address = paths.flag('default', 'test', 'new');
    expect(address).toBe('/default/test/flags/~new');
    expect(keyOf(address.split('/').at(-1) ?? '')).toBe('new');
  });

  it('keep page, filters and what is open in another environment', () => {
    expect(inEnvironment('/default/test/flags/a/history', 'production', '?q=1')).toBe(
      '/default/production/flags/a/history?q=1',
    );
  });

  it.each([
    ['/default/test/flags/checkout/history', '/shop/prod/flags'],
    ['/default/test/segments', '/shop/prod/segments'],
    ['/default/audit', '/shop/audit'],
    ['/default/environments/test', '/shop/environments'],
    ['/account/profile', '/shop/prod/flags'],
  ])('of %s lead to the same kind of page in another project', (from, to) => {
    expect(inOtherProject(from, 'shop', 'prod')).toBe(to);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', null, ''])('outside are refused: %s', (next) => {
    expect(safeNext(next)).toBe('/');
  });

  it('inside are where one goes on', () => expect(safeNext('/default/test/flags')).toBe('/default/test/flags'));
});
