// Where a new rule goes on: its first field has the focus once it is there, so that keys alone make a rule.
import { useEffect, useRef } from 'react';
import { isNew } from '../../format/steps';

export function useNewFocus(rule: string) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew(rule)) field.current?.focus();
  }, [rule]);
  return field;
}
