// The one memory of what the server said.
import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type QueryKey } from '@tanstack/react-query';
import { Failure } from '../format/failure';
import { onBack } from './connection';

const RETRIES = 2;

/** Asks for what is old even while it is being asked for: the answer that is on its way may be of before. */
class Queries extends QueryClient {
  override async invalidateQueries<Key extends QueryKey = QueryKey>(filters?: InvalidateQueryFilters<Key>, options?: InvalidateOptions): Promise<void> {
    const begun = this.getQueryCache()
      .findAll({ ...filters, fetchStatus: 'fetching' })
      .filter((query) => query.state.data === undefined || !query.isActive()); // all others TanStack asks for anew at once
    const again = begun.map(async ({ promise, queryKey }) => {
      await promise?.catch(() => undefined);
      await super.invalidateQueries({ queryKey, exact: true });
    });
    await Promise.all([super.invalidateQueries(filters, options), ...again]);
  }
}

export const queries = new Queries({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failed, error) => error instanceof Failure && error.isPassing && error.status !== 429 && failed < RETRIES,
      networkMode: 'always', // calls tell themselves whether the server is there
    },
    mutations: { networkMode: 'always' },
  },
});

/** Shows what a write has answered. A reading that is under way may be of before it, and is given up. */
export async function keepAnswer(queryKey: QueryKey, answer: unknown): Promise<void> {
  await queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData(queryKey, answer);
}

onBack(() => void queries.invalidateQueries());
