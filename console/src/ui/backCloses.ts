// Going back closes what stands over a page, and stays on the page.
import { useEffect } from 'react';
import { NavigationType, useBlocker } from 'react-router';

/** Where it is `isInAddress`, going back does so by itself. */
export function useBackCloses(close: () => void, isInAddress = false): void {
  const blocker = useBlocker(({ historyAction }) => !isInAddress && historyAction === NavigationType.Pop);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    blocker.reset();
    close();
  }, [blocker, close]);
}
