// The flag that a page is about, from the address.
import { createContext, useContext } from 'react';
import type { Flag } from '../../api/flags';

export const FlagContext = createContext<Flag | undefined>(undefined);

/** The flag of the address, as it is now; only under the routes of a flag. */
export function useFlag(): Flag {
  const flag = useContext(FlagContext);
  if (flag === undefined) throw new Error('there is no flag around this page');
  return flag;
}
