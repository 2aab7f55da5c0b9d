// Keys: pages and parts say which they answer, and `?` lists those that work here.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isTyping, Matcher } from '../format/keys';
import { readPrefs } from './prefs';

export interface Shortcut {
  /** `mod+k`, `shift+j`, `?`, or a sequence as `g f`. */
  keys: string;
  /** What it does, as listed. */
  label: string;
  run: () => void;
  /** Whether it also works while one types; those with `mod` always do. */
  whileTyping?: boolean;
}

let layers: Shortcut[][] = [];
const listeners = new Set<() => void>();
const matcher = new Matcher();

function changeLayers(next: Shortcut[][]) {
  layers = next;
  listeners.forEach((tell) => tell());
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const typing = isTyping(event.target);
  const known = layers.flat().filter((shortcut) => isOffered(shortcut, typing));
  const keys = matcher.press(event, known.map((shortcut) => shortcut.keys), Date.now());
  const found = keys === undefined ? undefined : known.findLast((shortcut) => shortcut.keys === keys);
  if (found === undefined) return;
  event.preventDefault();
  found.run();
}

function isOffered(shortcut: Shortcut, typing: boolean): boolean {
  if (shortcut.keys.includes('mod+')) return true;
  if (typing) return shortcut.whileTyping ?? false;
  return readPrefs().singleKeys || shortcut.keys.includes('alt+');
}

window.addEventListener('keydown', handle);

/** Answers these keys while the component is shown; of two with the same keys the later shown wins. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts.map((shortcut) => `${shortcut.keys}\n${shortcut.label}`).join('\n\n');
  useEffect(() => {
    const layer = latest.current.map((shortcut, place) => ({ ...shortcut, run: () => latest.current[place]?.run() }));
    changeLayers([...layers, layer]);
    return () => changeLayers(layers.filter((other) => other !== layer));
  }, [names]);
}

/** Every key that works now. */
export const useAllShortcuts = (): Shortcut[][] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => layers,
  );
