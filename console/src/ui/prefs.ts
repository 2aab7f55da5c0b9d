// What a reader has chosen for this browser: kept here, not on the server.
import { useSyncExternalStore } from 'react';

export interface Prefs {
  singleKeys: boolean;
  density: 'comfortable' | 'compact';
  sidebar: 'open' | 'closed';
}

const NAME = 'flagstaff-prefs';
/** Whose drafts this browser shows. */
export const DRAFTS_OF = 'flagstaff-drafts-of';
const USUAL: Prefs = { singleKeys: true, density: 'comfortable', sidebar: 'open' };
const listeners = new Set<() => void>();
let prefs: Prefs = { ...USUAL, ...(readStored(NAME) as Partial<Prefs> | undefined) };

/** For good, or for this tab alone. */
type Where = 'localStorage' | 'sessionStorage';

/** A value of the browser's storage; undefined where there is none, or none that can be read. */
export function readStored(name: string, where: Where = 'localStorage'): unknown {
  try {
    const text = window[where].getItem(name);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Keeps a value, or forgets it; a browser that keeps nothing is no reason to fail. */
export function writeStored(name: string, value: unknown, where: Where = 'localStorage'): void {
  try {
    if (value === undefined) window[where].removeItem(name);
    else window[where].setItem(name, JSON.stringify(value));
  } catch {
    // private windows may refuse
  }
}

export const readPrefs = (): Prefs => prefs;

export function setPrefs(change: Partial<Prefs>): void {
  prefs = { ...prefs, ...change };
  writeStored(NAME, prefs);
  listeners.forEach((tell) => tell());
}

export const usePrefs = (): Prefs =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => prefs,
  );
