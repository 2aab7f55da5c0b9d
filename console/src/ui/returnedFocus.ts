// Who closes a layer stands again where it was opened; a layer that is taken away does not do that by itself.
import { useEffect, useState } from 'react';

export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement); // before the layer takes it
  useEffect(
    () => () => {
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
