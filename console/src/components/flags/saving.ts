// Saving a change of a flag after its review, and taking it back: the flag becomes what it was.
import { useChangeFlag, useRestoreFlag, type Flag } from '../../api/flags';
import { targetingWords as words } from '../../strings/targeting';
import { reviewWords } from '../../strings/review';
import { tellDone, tellFailed } from '../../ui/toast';
import type { Environment } from '../../api/places';
import type { Scope } from '../ReviewDrawer';

/** All environments together: they ask for a comment if one of them does. */
export const everywhere = (environments: Environment[]): Scope => ({
  name: reviewWords.everywhere,
  requireComments: environments.some(({ requireComments }) => requireComments),
});

/** `environment` is where it is changed; without one the whole flag is. */
export function useFlagSaving(project: string, flag: Flag, environment?: { key: string; name: string }) {
  const save = useChangeFlag();
  const restore = useRestoreFlag();
  const key = environment?.key ?? '';
  const version = environment === undefined ? flag._version : (flag.environments?.[key]?.version ?? 0);
  const undo = () =>
    restore.mutate(
      { project, environment: key, flag: flag.key, version, comment: words.undone(version) },
      { onError: (error) => tellFailed(words.notRestored(flag.name), error) },
    );
  const tellSaved = () => tellDone(words.saved(flag.name, environment?.name ?? reviewWords.everywhere), undo);
  return { save, tellSaved };
}
