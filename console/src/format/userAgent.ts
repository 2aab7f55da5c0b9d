// Browsers and systems as people call them.

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

export interface Agent {
  browser: string;
  system: string;
}

/** What a User-Agent header tells; empty where it tells nothing known. Of a program, its own name. */
export function readAgent(header: string): Agent {
  const find = (known: typeof BROWSERS) => known.find(([pattern]) => pattern.test(header))?.[1] ?? '';
  const program = header.startsWith('Mozilla/') ? '' : (header.split(/[/ ]/)[0] ?? '');
  return { browser: find(BROWSERS) || program, system: find(SYSTEMS) };
}
