// What this reader sees of the navigation: what no role shows any of is absent, what may be seen but not changed is there.
import { createContext, use } from 'react';
import { NAVIGATION, type NavigationGroup, type NavigationItem } from './navigation';

/** Types of which no role of the reader shows any. */
export const UnseenContext = createContext<readonly string[]>([]);

const hides = (unseen: readonly string[], { kind }: NavigationItem) => kind !== undefined && unseen.includes(kind);

export function useNavigation(): NavigationGroup[] {
  const unseen = use(UnseenContext);
  return NAVIGATION.map((group) => ({ ...group, items: group.items.filter((item) => !hides(unseen, item)) }));
}

/** The page at an address, or around it, if it lists what this reader sees none of. */
export function useUnseen(address: string): NavigationItem | undefined {
  const unseen = use(UnseenContext);
  return NAVIGATION.flatMap(({ items }) => items).find((item) => hides(unseen, item) && address.startsWith(item.to('', '')));
}
