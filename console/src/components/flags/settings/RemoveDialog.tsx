// Deleting a flag once its key has been typed; who has it now is said before.
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { connectionsQuery } from '../../../api/connections';
import { useDeleteFlag } from '../../../api/flagLife';
import type { Flag } from '../../../api/flags';
import { holdersIn, removalText } from '../../../format/holders';
import { paths } from '../../../paths';
import { flagSettingsWords as words } from '../../../strings/flagSettings';
import { DeleteDialog } from '../../DeleteDialog';
import { usePlace } from '../../place';

const MOST = 20; // environments that are asked

export function RemoveDialog({ flag, onClose }: { flag: Flag; onClose: () => void }) {
  const { project, environment } = usePlace();
  const navigate = useNavigate();
  const remove = useDeleteFlag(project.key);
  return (
    <DeleteDialog
      title={words.removeTitle(flag.name)}
      text={removalText(useHolders(flag))}
      act={words.remove}
      typed={flag.key}
      removal={remove}
      of={flag.key}
      told={words.removed(flag.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.flags(project.key, environment.key))}
    />
  );
}

/** How many connections have it; undefined unless all environments could be asked. */
function useHolders({ archived, clientSideAvailability }: Flag): number | undefined {
  const { project, environments } = usePlace();
  const asked = environments.length > MOST ? [] : environments;
  const found = useQueries({ queries: asked.map(({ key }) => connectionsQuery(project.key, key)) });
  const known = found.flatMap(({ data }) => data ?? []);
  const isWhole = asked.length > 0 && known.length === asked.length;
  return isWhole ? holdersIn(known, archived, clientSideAvailability) : undefined;
}
