// What must not be lost by `Esc` keeps open what it stands in, until it has been dealt with.
import { createContext, useContext, useEffect, useState } from 'react';

/** Tells the layer around it to stay open. */
export const Staying = createContext<(stays: boolean) => void>(() => undefined);

const stay = () => undefined;

/** For a layer: how it is closed now, and what it tells `Staying`. */
export function useStaying(onClose: () => void) {
  const [stays, setStays] = useState(false);
  return { stays, setStays, close: stays ? stay : onClose };
}

/** For what stands in a layer. */
export function useStays(stays: boolean): void {
  const tell = useContext(Staying);
  useEffect(() => {
    tell(stays);
    return () => tell(false);
  }, [stays, tell]);
}
