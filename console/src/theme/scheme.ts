// Light or dark, in a cookie: the server writes it into the document, so that nothing flashes.
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

const NAME = 'flagstaff-scheme';
const YEAR = 31_536_000; // seconds

export function schemeCookie(): MantineColorSchemeManager {
  return {
    get: (usual) => {
      const found = new RegExp(`(?:^|; )${NAME}=(light|dark)`).exec(document.cookie)?.[1];
      return (found as MantineColorScheme | undefined) ?? usual;
    },
    set: (scheme) => {
      const age = scheme === 'auto' ? 0 : YEAR;
      document.cookie = `${NAME}=${scheme}; Path=/; Max-Age=${age}; SameSite=Lax`;
    },
    clear: () => {
      document.cookie = `${NAME}=; Path=/; Max-Age=0`;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
  };
}
