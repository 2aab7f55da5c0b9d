// Whether the review of a page is open: in the address, so that going back closes it and a link opens it.
import { useAddress } from '../ui/address';

export interface Reviewing {
  isOpen: boolean;
  open: () => void;
  /** Leaves no step behind, to which going back would lead. */
  close: () => void;
}

/** `name` tells reviews of one page apart. */
export function useReviewing(name = 'review'): Reviewing {
  const [search, change] = useAddress();
  return {
    isOpen: search.has(name),
    open: () => change({ [name]: '1' }),
    close: () => change({ [name]: undefined }, true),
  };
}
