// How many connections have a flag now: those of the SDKs that get it.
import { flagSettingsWords as words } from '../strings/flagSettings';
import { counted } from './number';

interface Kind {
  sdks: readonly { kind: string; connections: number }[];
}

/** Who is connected to an environment. */
export interface Connected {
  streams: Kind;
  polling: Kind;
}

interface Available {
  usingMobileKey: boolean;
  usingEnvironmentId: boolean;
}

/** Server-side SDKs get every flag; what is archived nobody gets. */
export function holdersIn(environments: readonly Connected[], isArchived: boolean, sdks: Available): number {
  const gets: Record<string, boolean> = { server: true, mobile: sdks.usingMobileKey, browser: sdks.usingEnvironmentId };
  const all = environments.flatMap(({ streams, polling }) => [...streams.sdks, ...polling.sdks]);
  return isArchived ? 0 : all.filter(({ kind }) => gets[kind]).reduce((sum, { connections }) => sum + connections, 0);
}

/** What follows from deleting it; `holders` is undefined while it is not known, or not to be known. */
export const removalText = (holders: number | undefined): string =>
  holders === undefined ? words.removeText : words.removeHeld(holders === 0 ? words.noHolder : counted(holders, words.holder, words.holders));
