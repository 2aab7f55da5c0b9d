// Whoever comes to try a context by a key alone goes on by keys: the first field to fill in has the focus.
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** For `navigate`, where a key leads there. */
export const toType = { state: { isTyping: true } };

export function useTypedFocus() {
  const field = useRef<HTMLInputElement>(null);
  const { state, key } = useLocation() as { state: Partial<(typeof toType)['state']> | null; key: string };
  const isTyping = state?.isTyping ?? false;
  useEffect(() => {
    if (isTyping) field.current?.focus();
  }, [isTyping, key]);
  return field;
}
