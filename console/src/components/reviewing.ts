// Whether the review of a page is open: in the address, so that going back closes it and a link opens it.
import { useEffect, useRef } from 'react';
import { useAddress } from '../ui/address';
import { useSteady } from '../ui/steady';

export interface Reviewing {
  isOpen: boolean;
  open: () => void;
  /** Leaves no step behind, to which going back would lead. */
  close: () => void;
}

/** `name` tells reviews of one page apart, `value` what of it is reviewed. */
export function useReviewing(name = 'review', value = '1'): Reviewing {
  const [search, change] = useAddress();
  return {
    isOpen: search.get(name) === value,
    open: () => change({ [name]: value }),
    close: () => change({ [name]: undefined }, true),
  };
}

/** Closes what holds more than the address does, once going back has taken it out of the address. */
export function useLeaving({ isOpen }: Reviewing, close: () => void): void {
  const wasOpen = useRef(false);
  const leave = useSteady(close);
  useEffect(() => {
    if (wasOpen.current && !isOpen) leave();
    wasOpen.current = isOpen;
  }, [isOpen, leave]);
}
