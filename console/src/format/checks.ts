// What a newcomer is told whose evaluations do not appear: the key, the address and the clock, each looked at.
import { checkWords as words } from '../strings/checks';

export interface Looked {
  /** The environment of the lines. */
  place: string;
  /** The end of the key that it has now, and whether the lines have that key. */
  ending: string;
  isKeyRight: boolean;
  /** Other environments of the project that programs are connected to. */
  elsewhere: readonly string[];
  origin: string;
  /** By how many milliseconds the clock of this machine is before the server's; undefined if it did not answer. */
  skew: number | undefined;
}

export interface Check {
  name: 'key' | 'address' | 'clock';
  /** `ask` where only the reader can tell. */
  state: 'good' | 'bad' | 'ask';
  text: string;
}

const LOOPBACK = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/;
const TOLERATED = 120_000; // milliseconds; events that are dated further off are counted at another time

export const checksOf = (looked: Looked): Check[] => [checkKey(looked), checkAddress(looked), checkClock(looked)];

function checkKey({ place, ending, isKeyRight, elsewhere }: Looked): Check {
  if (!isKeyRight) return { name: 'key', state: 'bad', text: words.keyChanged(place) };
  if (elsewhere.length > 0) return { name: 'key', state: 'bad', text: words.keyElsewhere(elsewhere.join(', '), ending) };
  return { name: 'key', state: 'good', text: words.keyRight(place, ending) };
}

function checkAddress({ origin, skew }: Looked): Check {
  if (skew === undefined) return { name: 'address', state: 'bad', text: words.addressSilent(origin) };
  const isLocal = LOOPBACK.test(origin);
  return { name: 'address', state: isLocal ? 'ask' : 'good', text: (isLocal ? words.addressLocal : words.addressRight)(origin) };
}

function checkClock({ skew }: Looked): Check {
  if (skew === undefined) return { name: 'clock', state: 'ask', text: words.clockUnknown };
  if (Math.abs(skew) <= TOLERATED) return { name: 'clock', state: 'good', text: words.clockRight };
  return { name: 'clock', state: 'bad', text: words.clockWrong(Math.round(Math.abs(skew) / 60_000), skew > 0) };
}
