import { describe, expect, it } from 'vitest';
import { Failure, present, readFailure } from './failure';

describe('a failure', () => {
  it('is told in the words of the server, as a sentence', () => {
    expect(present(new Failure(409, 'conflict', 'the key is taken', 'r1'))).toEqual({
      message: 'The key is taken.',
      request: 'r1',
      field: undefined,
    });
  });

  it.each([
    ['The redirect URI is another one - at `redirect_uri`', 'The redirect URI is another one.'],
    ['Unknown action - at `$.policy[1].actions[0]`', 'Unknown action - at `$.policy[1].actions[0]`.'],
  ])('%s is told to people as %s', (said, told) => {
    expect(present(new Failure(400, 'invalid_request', said)).message).toBe(told);
  });

  it('stands at the field that it names', () => {
    expect(present(new Failure(400, 'invalid_request', 'Expected `str` - at `$.name`'), ['key', 'name']).field).toBe('name');
    expect(present(new Failure(400, 'invalid_request', 'The keyboard is wrong'), ['key']).field).toBeUndefined();
  });

  it.each([
    [0, 'could not be reached'],
    [429, 'Try again in 7 seconds'],
    [500, 'server made a mistake'],
    [503, 'The disk is full.'],
  ])('with status %s says what to do', (status, part) => {
    expect(present(new Failure(status, '', 'the disk is full', '', 7)).message).toContain(part);
  });

  it('of a session that has ended says what to do once one is signed in again', () => {
    expect(present(new Failure(401, 'unauthorized', 'Invalid access token')).message).toContain('Try it again.');
    expect(present(new Failure(401, 'invalid_credentials', 'the password is wrong')).message).toBe('The password is wrong.');
  });

  it('of some addresses names them', () => {
    const answer = new Response('', { status: 400 });
    const failure = readFailure(answer, { message: 'these are members already', invalid_emails: ['a@b.c', 'd@e.f'] });
    expect(present(failure).message).toBe('These are members already: a@b.c, d@e.f.');
  });

  it('of a refused call knows what was refused, and keeps that in other words', () => {
    const denied = [{ action: 'viewOAuthClients', resource: 'acct' }];
    const failure = readFailure(new Response('', { status: 403 }), { code: 'forbidden', message: 'no', id: 'r', denied });
    expect(failure.saying('ask Ada')).toMatchObject({ status: 403, code: 'forbidden', message: 'ask Ada', request: 'r', denied });
  });

  it('that is a defect of the page shows nothing of it', () => {
    expect(present(new TypeError('x is undefined')).message).not.toContain('undefined');
  });

  it('is read from an answer, whatever its body', () => {
    const answer = new Response('', { status: 503, headers: { 'Retry-After': '3' } });
    expect(readFailure(answer, undefined)).toMatchObject({ status: 503, retryAfter: 3, isPassing: true });
    expect(readFailure(new Response('', { status: 404 }), { message: 'no', id: 'r' })).toMatchObject({ request: 'r', isPassing: false });
  });
});
