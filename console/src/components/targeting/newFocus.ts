// Where keys go on: the first field of what has just been opened has the focus once it is there.
import { useEffect, useRef } from 'react';
import { isNew } from '../../format/steps';

export function useNewFocus(rule: string) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew(rule)) field.current?.focus();
  }, [rule]);
  return field;
}

/** For what is shown when it is asked for, and not before. */
export function useOpenedFocus() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
