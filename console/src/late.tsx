// What no page needs to be shown, read after the first one has been: short words, why calls are refused, where
// addresses were scrolled to, and whose drafts are shown.
import { useQuery } from '@tanstack/react-query';
import { useContext, useEffect } from 'react';
import { sessionQuery } from './api/auth';
import { explained } from './api/refused';
import { explainWith } from './api/client';
import { AddressContext } from './ui/address';
import { ownDrafts } from './ui/draftOwner';
import { followScrolling } from './ui/scrolled';
import Toasts from './ui/Toasts';

explainWith(explained);
// Fields of several values take what is typed when they are left: so it is kept, too.
window.addEventListener('beforeunload', () => document.activeElement instanceof HTMLElement && document.activeElement.blur());

export default function Late() {
  const router = useContext(AddressContext);
  useEffect(() => router && followScrolling(router), [router]);
  const member = useQuery({ ...sessionQuery, enabled: false }).data?.member._id; // as others have read it
  useEffect(() => {
    if (member !== undefined) ownDrafts(member);
  }, [member]);
  return <Toasts />;
}
