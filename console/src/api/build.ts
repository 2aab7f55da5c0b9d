// Whether the server has another console by now than the one that runs here.
import { queryOptions } from '@tanstack/react-query';
import { entryOf } from '../format/build';

const SELDOM = 600_000; // milliseconds between looks of who comes back to the tab; after a lost connection it is at once

async function isOther(signal: AbortSignal): Promise<boolean> {
  const answer = await fetch('/', { signal, cache: 'no-store', headers: { Accept: 'text/html' } });
  const entry = answer.ok ? entryOf(await answer.text()) : undefined;
  return entry !== undefined && entry !== entryOf(document.documentElement.outerHTML);
}

export const updatedQuery = queryOptions({
  queryKey: ['updated'],
  queryFn: ({ signal }) => isOther(signal),
  initialData: false,
  staleTime: SELDOM,
  retry: false,
});
