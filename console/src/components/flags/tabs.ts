// The tabs of a flag, in their order. A page of a flag that exists has its line here, and one in routes.tsx.
import type { Flag } from '../../api/flags';
import { flagTabWords as words } from '../../strings/flagTabs';

export interface FlagTab {
  /** The last part of its address; the first tab has none. */
  path: string;
  label: string;
  /** How many there are of what it shows. */
  count?: (flag: Flag) => number;
}

export const FLAG_TABS: FlagTab[] = [
  { path: '', label: words.targeting },
  { path: 'variations', label: words.variations, count: (flag) => flag.variations.length },
  { path: 'environments', label: words.environments },
  { path: 'settings', label: words.settings },
  { path: 'try', label: words.tryContext },
  { path: 'evaluations', label: words.evaluations },
  { path: 'history', label: words.history },
];
