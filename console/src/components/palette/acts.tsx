// What can be done with a flag or a segment from the palette.
import {
  IconArrowRight,
  IconArrowsDiff,
  IconCopy,
  IconToggleLeft,
  IconToggleRight,
  IconUserSearch,
  type Icon,
} from '@tabler/icons-react';
import type { Environment } from '../../api/places';
import { paths } from '../../paths';
import { paletteWords as words } from '../../strings/palette';
import { asksFirst } from '../flags/switching';
import { FLAG_TABS } from '../flags/tabs';
import type { Choice } from './finding';

/** A flag or a segment that the palette has found. */
export interface Thing {
  kind: 'flag' | 'segment';
  key: string;
  name: string;
  /** Of a flag that can be switched: whether it is on. */
  on?: boolean | undefined;
  /** Why it stays as it is. */
  fixed?: string | undefined;
}

export interface ActPlace {
  project: string;
  environment: Environment;
  /** Whether its keys work on the page beneath, as they do on the page of the thing. */
  isHere: boolean;
  turn: (flag: Thing, to: boolean) => void;
  copy: (key: string) => void;
}

const TAB_ICONS: Record<string, Icon> = { try: IconUserSearch, environments: IconArrowsDiff };
const TAB_KEYS: Record<string, string> = { try: 't', environments: 'g e' };
const TAB_HINTS: Record<string, string> = { try: words.tryHint };
const TAB_NAMES: Record<string, string> = { environments: words.compare };
const FIRST = ['try', 'environments'];

/** Those that are wanted most come first. */
export function actsOf(thing: Thing, place: ActPlace): Choice[] {
  const copy = { key: 'copy', label: words.copyKey, hint: thing.key, icon: IconCopy, run: () => place.copy(thing.key) };
  if (thing.kind === 'segment') return [copy];
  const tabs = [...FLAG_TABS].sort((one, other) => rank(one.path) - rank(other.path));
  return [
    ...switchOf(thing, place),
    ...tabs.map(({ path, label }) => ({
      key: `tab ${path}`,
      label: TAB_NAMES[path] ?? label,
      hint: TAB_HINTS[path],
      icon: TAB_ICONS[path] ?? IconArrowRight,
      keys: place.isHere ? TAB_KEYS[path] : undefined,
      to: paths.flag(place.project, place.environment.key, thing.key, path),
    })),
    copy,
  ];
}

const rank = (path: string) => (FIRST.includes(path) ? FIRST.indexOf(path) : FIRST.length);

function switchOf(flag: Thing, { environment, isHere, turn }: ActPlace): Choice[] {
  const { on, fixed } = flag;
  if (on === undefined) return [];
  return [
    {
      key: 'turn',
      label: on ? words.turnOff(environment.name) : words.turnOn(environment.name),
      hint: fixed ?? (asksFirst(environment) ? words.asks : undefined),
      refusal: fixed,
      icon: on ? IconToggleRight : IconToggleLeft,
      keys: isHere ? 'mod+shift+x' : undefined,
      run: () => turn(flag, !on),
    },
  ];
}
