// What no page needs to be shown, read after the first one has been: short words, why calls are refused, and where
// addresses were scrolled to.
import { useContext, useEffect } from 'react';
import { explained } from './api/refused';
import { explainWith } from './api/client';
import { AddressContext } from './ui/address';
import { followScrolling } from './ui/scrolled';
import Toasts from './ui/Toasts';

explainWith(explained);
// Fields of several values take what is typed when they are left: so it is kept, too.
window.addEventListener('beforeunload', () => document.activeElement instanceof HTMLElement && document.activeElement.blur());

export default function Late() {
  const router = useContext(AddressContext);
  useEffect(() => router && followScrolling(router), [router]);
  return <Toasts />;
}
