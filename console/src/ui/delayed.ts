// What is over quickly is not shown at all.
import { useEffect, useState } from 'react';

/** True once `value` has been true for so many milliseconds. */
export function useDelayed(value: boolean, milliseconds: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!value) return;
    const waiting = setTimeout(() => setOver(true), milliseconds);
    return () => {
      clearTimeout(waiting);
      setOver(false);
    };
  }, [value, milliseconds]);
  return value && isOver;
}
