// The team of the address, for the pages inside its frame.
import { useOutletContext } from 'react-router';
import type { Team } from '../../api/teams';

export const useTeam = () => useOutletContext<Team>();
