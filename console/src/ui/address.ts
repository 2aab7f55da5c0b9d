// The part of the view that is in the address: filters, the open panel, the chosen tab.
import { createContext, useCallback, useContext } from 'react';
import { useSearchParams, type createBrowserRouter } from 'react-router';

/** What keeps the addresses of this page. */
export type Router = Pick<ReturnType<typeof createBrowserRouter>, 'state' | 'navigate' | 'subscribe'>;

/** Parameters to set; undefined or empty takes one out. A function makes the new ones from those of now. */
export type AddressChange = Record<string, string | undefined> | ((before: URLSearchParams) => URLSearchParams);
export type ChangeAddress = (change: AddressChange, replace?: boolean) => void;

export const AddressContext = createContext<Router | undefined>(undefined);

/** What is asked where the reader is once that is wanted, so that nothing is drawn anew as the address changes. */
export function useRouter(): Router {
  const router = useContext(AddressContext);
  if (router === undefined) throw new Error('there is no router around this page');
  return router;
}

/** The parameters of the address, and changing some of them. */
export function useAddress(): [URLSearchParams, ChangeAddress] {
  const [search] = useSearchParams();
  return [search, useChangeAddress()];
}

/** For what changes it and does not show it. */
export function useChangeAddress(): ChangeAddress {
  const router = useRouter();
  return useCallback((next, replace = false) => void changeAddress(router, next, replace), [router]);
}

/** All parameters taken out. */
export const nothing = () => new URLSearchParams();

/** The address (`?…`) with these parameters changed, for links. */
export const linkTo = (search: URLSearchParams, change: AddressChange) => `?${withParameters(search, change).toString()}`;

/** Changes the newest address, not the one that was drawn: two changes of one moment are both kept. */
export async function changeAddress(router: Router, change: AddressChange, replace = false): Promise<void> {
  const { location, navigation } = router.state;
  const isChanging = navigation.location?.pathname === location.pathname;
  const { pathname, search } = isChanging && navigation.location ? navigation.location : location;
  const after = withParameters(new URLSearchParams(search), change).toString();
  await router.navigate({ pathname, search: after }, { replace });
}

export function withParameters(before: URLSearchParams, change: AddressChange): URLSearchParams {
  if (typeof change === 'function') return change(before);
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') after.delete(name);
    else after.set(name, value);
  }
  return after;
}
