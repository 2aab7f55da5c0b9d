// What a change makes of a flag, for its review.
import type { Flag } from '../../api/flags';
import { changeableOf } from '../../format/preview';
import { ChangedParts } from './ChangedParts';

/** A flag before and after: as one sees it, where that is about one environment, and as JSON. */
export const differences = (before: Flag, after: Flag, environment: string) => ({
  ...(environment !== '' && { visual: <ChangedParts before={before} after={after} environment={environment} /> }),
  json: { before: changeableOf(before, environment), after: changeableOf(after, environment) },
});
