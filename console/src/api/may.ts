// What the reader may do, asked before a control is shown: it then says why not, and whom to ask.
import { useQueries, useQuery } from '@tanstack/react-query';
import { isUnasked, missingIn, refusalIn, type Place } from '../format/permission';
import { named } from './asking';
import { FRESH, mayQuery } from './permissions';
import { whoCanQuery } from './roles';

/** A resource, by the name of where it is; nameless where that is plain. */
export interface Asked {
  name: string;
  resource: string;
}

export interface Access {
  /** Why none of these may be done, or that it could not be asked; undefined if one may, and until the first answer. */
  refusal: (...actions: string[]) => string | undefined;
  /** All of these that may not be done, in a sentence. */
  missing: (...actions: string[]) => string | undefined;
}

/** What the reader may not of these actions, on all of the resources together. */
export function useAccessTo(actions: readonly string[], asked: Asked[]): Access {
  const found = useQueries({
    queries: asked.flatMap(({ resource }) => actions.map((action) => mayQuery(action, resource))),
  });
  const places: Place[] = asked.map(({ name }, at) => {
    const answers = found.slice(at * actions.length, (at + 1) * actions.length);
    const unasked = actions.filter((_, of) => answers.slice(of, of + 1).some(isUnasked));
    return { name, denied: answers.flatMap(({ data }) => data ?? []), unasked };
  });
  const at = places.findIndex(({ denied }) => denied.length > 0);
  const [action, resource] = [places[at]?.denied[0]?.action ?? '', asked[at]?.resource ?? ''];
  const others = useQuery({ ...whoCanQuery(action, named(resource)), enabled: at >= 0, staleTime: FRESH, retry: false });
  const names = (others.data?.members ?? []).map(({ name }) => name);
  return {
    refusal: (...wanted) => refusalIn(places, wanted, names),
    missing: (...wanted) => missingIn(places, wanted, names),
  };
}

/** Why the reader may not, in words, or that it could not be asked; undefined where he may, and until the first answer. */
export const useRefusal = (action: string, resource: string): string | undefined =>
  useAccessTo([action], [{ name: '', resource }]).refusal(action);
