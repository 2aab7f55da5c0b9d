// What follows once somebody has come in, by whichever door: their drafts are shown, and who they are is known.
import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery, type Session } from '../api/auth';
import { ownDrafts } from '../ui/draftOwner';

export function useEntering(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => {
    ownDrafts(session.member._id);
    client.setQueryData(sessionQuery.queryKey, session);
  };
}
