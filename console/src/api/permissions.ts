// What the reader may do, as it is remembered.
import { queryOptions } from '@tanstack/react-query';
import { isUnasked } from '../format/permission';
import { askMay } from './asking';

export const FRESH = 60_000; // milliseconds
const AGAIN = 10_000; // milliseconds, where it could not be asked

/**
 * Null where the reader may, else what denies an action on a resource, such as
 * `proj/default:env/test:segment/beta`, or on one of no name yet, `.../segment/*`.
 */
export const mayQuery = (action: string, resource: string) =>
  queryOptions({
    queryKey: ['roles', 'members', 'teams', 'may', action, resource],
    queryFn: () => askMay(action, resource),
    staleTime: FRESH,
    refetchInterval: ({ state }) => (isUnasked(state) ? AGAIN : false),
  });
