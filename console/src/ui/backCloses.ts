// Going back closes what stands over a page, and stays on the page. Panels of the address need it not.
import { useEffect } from 'react';
import { NavigationType, useBlocker } from 'react-router';

export function useBackCloses(close: () => void): void {
  const blocker = useBlocker(({ historyAction }) => historyAction === NavigationType.Pop);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    blocker.reset();
    close();
  }, [blocker, close]);
}
