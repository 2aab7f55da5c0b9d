import { describe, expect, it } from 'vitest';
import type { Statement } from './policy';
import { readToken, tokenPatch, writeToken } from './tokens';

const LOOK: Statement = { effect: 'allow', resources: ['proj/*'], actions: ['viewProject'] };

describe('what a token may do', () => {
  it.each([
    [{ role: 'writer' }, 'writer'],
    [{ customRoleIds: ['r1'] }, 'customRoles'],
    [{ inlineRole: [LOOK] }, 'policy'],
  ])('of %j is %s', (token, bound) => {
    expect(readToken(token).bound).toBe(bound);
  });

  it('is told to the API as exactly one of three', () => {
    const typed = { name: ' ci ', description: '', customRoles: ['r1'] };
    expect(writeToken({ ...typed, bound: 'admin' }, [LOOK])).toEqual({
      name: 'ci',
      description: '',
      role: 'admin',
      customRoleIds: [],
      inlineRole: [],
    });
    expect(writeToken({ ...typed, bound: 'customRoles' }, [LOOK])).toMatchObject({ role: null, customRoleIds: ['r1'], inlineRole: [] });
    expect(writeToken({ ...typed, bound: 'policy' }, [LOOK])).toMatchObject({ role: null, customRoleIds: [], inlineRole: [LOOK] });
  });
});

describe('the patch of a token', () => {
  const token = { name: 'ci', role: 'reader' };

  it('is empty where nothing changed', () => {
    expect(tokenPatch(token, writeToken(readToken(token), []))).toEqual([]);
  });

  it('puts a policy in the place of a role', () => {
    const after = writeToken({ ...readToken(token), description: 'Nightly', bound: 'policy' }, [LOOK]);
    expect(tokenPatch(token, after)).toEqual([
      { op: 'add', path: '/description', value: 'Nightly' },
      { op: 'add', path: '/role', value: null },
      { op: 'add', path: '/inlineRole', value: [LOOK] },
    ]);
  });

  it('knows the policy that it has', () => {
    const own = { name: 'ci', inlineRole: [{ ...LOOK, notActions: undefined }] };
    expect(tokenPatch(own, writeToken(readToken(own), [LOOK]))).toEqual([]);
  });
});
