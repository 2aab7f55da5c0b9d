// Keys: pages and parts say which they answer, and `?` lists those that work here.
import { createContext, useContext, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isSingle, isTyping, Matcher, nameKey } from '../format/keys';
import { readPrefs, usePrefs } from './prefs';

export interface Shortcut {
  /** `mod+k`, `shift+j`, `?`, or a sequence as `g f`. */
  keys: string;
  /** What it does, as listed. */
  label: string;
  run: () => void;
  /** Works on every page, or on the row of a table that has the focus; otherwise it is of this page. */
  scope?: 'everywhere' | 'row';
  /** With `mod`: left to the text that is typed, which has a meaning of its own for it. */
  notWhileTyping?: boolean;
}

interface Answered {
  layer: number;
  shortcuts: Shortcut[];
}

interface Now {
  answered: Answered[];
  /** Those that are open over the page, the one on top last. */
  layers: number[];
}

const PAGE = 0;
const OVER_ALL = '?'; // lists the keys of a layer too
const SAVING = new Set<string>(['mod+s', 'mod+enter']);
let now: Now = { answered: [], layers: [] };
let made = PAGE;
const listeners = new Set<() => void>();
const matcher = new Matcher();

/** The layer that a part stands in. */
export const Layer = createContext(PAGE);

function change(next: Partial<Now>) {
  now = { ...now, ...next };
  listeners.forEach((tell) => tell());
}

const isOnTop = ({ layer }: Answered) => layer === (now.layers.at(-1) ?? PAGE);

const handle = (event: KeyboardEvent) => event.defaultPrevented || answer(event);

/** Fields of several values take what is typed when they are left, or by ↵ alone; it is to be saved with the rest. */
function leave(event: KeyboardEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLElement) || !isTyping(field) || event.isComposing || !SAVING.has(nameKey(event) ?? '')) return;
  event.preventDefault();
  event.stopPropagation();
  field.blur();
  field.focus();
  setTimeout(() => answer(event)); // once it is drawn
}

function answer(event: KeyboardEvent): void {
  const typing = isTyping(event.target);
  const offered = now.answered
    .flatMap((one) => (isOnTop(one) ? one.shortcuts : one.shortcuts.filter(({ keys }) => keys === OVER_ALL)))
    .filter((shortcut) => isOffered(shortcut, typing));
  const pressedAt = event.timeStamp; // a busy page answers later than that
  const keys = matcher.press(event, offered.map((shortcut) => shortcut.keys), pressedAt);
  const found = keys === undefined ? undefined : offered.findLast((shortcut) => shortcut.keys === keys);
  if (found === undefined) {
    submitForm(event);
    return;
  }
  event.preventDefault();
  found.run();
}

/** What ⌘ Enter does in any form that has no other use for it. */
function submitForm(event: KeyboardEvent): void {
  const form = event.target instanceof Element ? event.target.closest('form') : null;
  if (form === null || nameKey(event) !== 'mod+enter') return;
  event.preventDefault();
  form.requestSubmit();
}

function isOffered({ keys, notWhileTyping = false }: Shortcut, typing: boolean): boolean {
  if (keys.includes('mod+')) return !(typing && notWhileTyping);
  return !typing && (readPrefs().singleKeys || !isSingle(keys));
}

window.addEventListener('keydown', leave, { capture: true });
window.addEventListener('keydown', handle);

/**
 * Answers these keys as soon as the component is drawn, and while no layer is over it; of two with the same keys the later wins.
 */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const layer = useContext(Layer);
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts.map((shortcut) => `${shortcut.keys}\n${shortcut.label}`).join('\n\n');
  useLayoutEffect(() => {
    const runs = latest.current.map((shortcut, place) => ({ ...shortcut, run: () => latest.current[place]?.run() }));
    const one = { layer, shortcuts: runs };
    change({ answered: [...now.answered, one] });
    return () => change({ answered: now.answered.filter((other) => other !== one) });
  }, [names, layer]);
}

/** A layer over the page, whose keys alone work while it is open; what stands in it is told so by `<Layer>`. */
export function useLayer(isOpen = true): number {
  const [layer] = useState(() => ++made);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    change({ layers: [...now.layers, layer] });
    return () => change({ layers: now.layers.filter((other) => other !== layer) });
  }, [isOpen, layer]);
  return layer;
}

/** Every key that works, once each: on the page, or in the layer beneath the one that asks. */
export function useOffered(): Shortcut[] {
  usePrefs(); // single letters may be switched off
  const asking = useContext(Layer);
  const { answered, layers } = useSyncExternalStore(listen, () => now);
  const at = layers.indexOf(asking);
  const beneath = (at < 0 ? layers.at(-1) : layers[at - 1]) ?? PAGE;
  const found = answered.filter(({ layer }) => layer === beneath).flatMap(({ shortcuts }) => shortcuts);
  return [...new Map(found.filter((one) => isOffered(one, false)).map((one) => [one.keys, one])).values()];
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
