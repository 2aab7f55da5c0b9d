// The one memory of what the server said.
import { QueryClient } from '@tanstack/react-query';
import { Failure } from '../format/failure';
import { onBack } from './connection';

const RETRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failed, error) => error instanceof Failure && error.isPassing && error.status !== 429 && failed < RETRIES,
      networkMode: 'always', // calls tell themselves whether the server is there
    },
    mutations: { networkMode: 'always' },
  },
});

onBack(() => void queries.invalidateQueries());
