// The part of the view that is in the address: filters, the open panel, the chosen tab.
import { useSearchParams } from 'react-router';

export type AddressChange = Record<string, string | undefined>;

/** The parameters of the address, and changing some of them; undefined or empty takes one out. */
export function useAddress(): [URLSearchParams, (change: AddressChange, replace?: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const change = (next: AddressChange, replace = false) => setSearch((before) => withParameters(before, next), { replace });
  return [search, change];
}

/** The address (`?…`) with these parameters changed, for links. */
export const linkTo = (search: URLSearchParams, change: AddressChange) => `?${withParameters(search, change).toString()}`;

function withParameters(before: URLSearchParams, change: AddressChange): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') after.delete(name);
    else after.set(name, value);
  }
  return after;
}
