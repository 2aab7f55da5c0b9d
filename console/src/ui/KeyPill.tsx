// Keys, tags and keyboard caps: identifiers are mono in a pill, so that they look unlike names.
import { VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { isSingle, keyCaps } from '../format/keys';
import { words } from '../strings/shared';
import { Hint } from './Hint';
import { usePrefs } from './prefs';
import classes from './ui.module.css';

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** That it stands on one side of a comparison only. */
type Tone = 'added' | 'removed';

/** An identifier or a value. */
export function KeyPill({ children, tone, isUnsaved = false }: KeyPillProps) {
  return (
    <span className={classes.pill} data-tone={tone} data-unsaved={isUnsaved || undefined}>
      {isUnsaved && tone && <VisuallyHidden>{tone === 'added' ? words.added : words.removed} </VisuallyHidden>}
      <span className={classes.pillText}>{children}</span>
    </span>
  );
}

interface KeyPillProps {
  children: string;
  tone?: Tone | undefined;
  /** It is to be added or removed: a plus, or a line through it. */
  isUnsaved?: boolean;
}

/** A tag, or what else is said in words of people. */
export function Tag({ children, tone }: { children: string; tone?: Tone | undefined }) {
  return (
    <span className={`${classes.pill} ${classes.tag}`} data-tone={tone} dir="auto">
      <span className={classes.pillText}>{children}</span>
    </span>
  );
}

/** An identifier that is copied by pressing it. `what` names it: “key”. */
export function CopyChip({ value, what }: { value: string; what: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Hint label={() => (clipboard.copied ? words.copied : words.copyThing(what))}>
      <button
        type="button"
        className={classes.pill}
        onClick={() => clipboard.copy(value)}
        aria-label={`${words.copyThing(what)} ${value}`}
      >
        <span className={classes.pillText}>{value}</span>
        <Icon size={14} stroke={1.6} aria-hidden />
      </button>
    </Hint>
  );
}

export interface KeysProps {
  keys: string;
  /** Whether they work although single letters are switched off. */
  isAlways?: boolean;
}

/** The caps of a shortcut, beside the control that it works. */
export function Keys({ keys, isAlways = false }: KeysProps) {
  const { singleKeys } = usePrefs();
  if (!singleKeys && !isAlways && isSingle(keys)) return null;
  return (
    <span className={classes.caps} aria-hidden>
      {keyCaps(keys, isMac).map((cap, place) => (
        <kbd key={place}>{cap}</kbd>
      ))}
    </span>
  );
}
