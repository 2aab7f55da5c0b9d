// The server's clock, by the date of an answer.
import { queryOptions } from '@tanstack/react-query';
import { welcomeWords } from '../strings/live';

/** By how many milliseconds the clock here is before the server's; fails where the server does not answer. */
export const clockSkewQuery = queryOptions({
  queryKey: ['server-clock'],
  queryFn: async ({ signal }) => {
    const before = Date.now();
    const answer = await fetch('/healthz', { cache: 'no-store', signal });
    const told = Date.parse(answer.headers.get('Date') ?? '');
    if (!answer.ok || Number.isNaN(told)) throw new Error(welcomeWords.noTime);
    return (before + Date.now()) / 2 - told;
  },
  staleTime: 0,
  gcTime: 0,
  retry: false,
});
