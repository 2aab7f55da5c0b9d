// A handler that stays the same from drawing to drawing, and does what the newest drawing says.
import { useCallback, useLayoutEffect, useRef } from 'react';

/** For handlers that are called by events, never while something is drawn. */
export function useSteady<Given extends unknown[]>(run: (...given: Given) => void): (...given: Given) => void {
  const newest = useRef(run);
  useLayoutEffect(() => {
    newest.current = run;
  });
  return useCallback((...given: Given) => newest.current(...given), []);
}
