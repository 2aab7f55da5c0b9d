// A time in words, with the whole time in its tooltip; it stays true while the page is open.
import { useEffect, useState } from 'react';
import { ago, exact, nextChange, relative } from '../format/time';
import { Hint } from './Hint';

/** `at` is in milliseconds, as the API gives it; `short` leaves out “ago”, for columns. */
export function RelativeTime({ at, short = false }: { at: number; short?: boolean }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const waiting = setTimeout(() => setNow(Date.now()), nextChange(at, now));
    return () => clearTimeout(waiting);
  }, [at, now]);
  return (
    <Hint label={() => exact(at)}>
      <time dateTime={new Date(at).toISOString()}>{short ? relative(at, now) : ago(at, now)}</time>
    </Hint>
  );
}
