// Saving a change of a flag after its review, and taking it back: the flag becomes what it was.
import { useChangeFlag, type Flag } from '../../api/flags';
import { useUndoFlag } from '../../api/flagVersions';
import { targetingWords as words } from '../../strings/targeting';
import { reviewWords } from '../../strings/review';
import { tellDone } from '../../ui/toast';
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
  const takeBack = useUndoFlag();
  const key = environment?.key ?? '';
  const undo = (version: number) =>
    takeBack.mutate(
      { project, environment: key, flag: flag.key, version, comment: words.undone(version - 1) },
      { notDone: words.notRestored(flag.name) },
    );
  const versionOf = (one: Flag) => (environment === undefined ? one._version : (one.environments?.[key]?.version ?? 0));
  const tellSaved = (saved: Flag) => {
    const version = versionOf(saved);
    const hasChanged = version !== versionOf(flag);
    tellDone(words.saved(flag.name, environment?.name ?? reviewWords.everywhere), hasChanged ? () => undo(version) : undefined, flag.key);
  };
  return { save, tellSaved };
}
