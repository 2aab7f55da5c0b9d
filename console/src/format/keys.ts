// Keys as people and keyboards name them.

const SEQUENCE_WITHIN = 1200; // milliseconds between the keys of `g f`
const NAMED: Record<string, string> = { ArrowUp: 'up', ArrowDown: 'down', ' ': 'space', Escape: 'esc' };
const MAC: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥' };
const OTHER: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
const SHOWN: Record<string, string> = { up: '↑', down: '↓', enter: '↵', tab: '⇥', esc: 'Esc', space: 'Space' };

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The name of a pressed key, as shortcuts write it; undefined for a modifier alone. */
export function nameKey(event: Pressed): string | undefined {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return undefined;
  const key = NAMED[event.key] ?? event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  const isSign = key.length === 1 && !/^[a-z0-9]$/.test(key); // what is pressed with it only makes the sign, as Alt does for `[`
  const mod = (event.ctrlKey && !(isSign && event.altKey)) || event.metaKey;
  return [mod && 'mod', event.altKey && !isSign && 'alt', event.shiftKey && !isSign && (isLetter || key.length > 1) && 'shift', key]
    .filter(Boolean)
    .join('+');
}

/** Finds what is meant by keys pressed one after the other. */
export class Matcher {
  private begun = '';
  private at = 0;

  /** The keys of a shortcut that this press ends; undefined when it ends none, perhaps because more are awaited. */
  press(event: Pressed, known: readonly string[], now: number): string | undefined {
    const key = nameKey(event);
    if (key === undefined) return undefined;
    const sequence = this.begun !== '' && now - this.at <= SEQUENCE_WITHIN ? `${this.begun} ${key}` : key;
    this.begun = '';
    const found = [sequence, key].find((keys) => known.includes(keys));
    if (found === undefined && known.some((keys) => keys.startsWith(`${key} `))) {
      this.begun = key;
      this.at = now;
    }
    return found;
  }
}

/** Whether somebody who speaks to the computer, or whose hand slips, may press them by mistake. */
export const isSingle = (keys: string): boolean => !/\b(mod|alt)\+/.test(keys);

/** Whether keys are text now. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The caps to draw for a shortcut: `mod+shift+x` is ⌘ ⇧ X. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  const words = isMac ? MAC : OTHER;
  return keys.split(/[ +]/).map((key) => words[key] ?? SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
