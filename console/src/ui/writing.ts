// Calls that change something. What follows upon an answer follows wherever the reader is by then: TanStack's own callbacks
// are lost once what asked is drawn no more, and of two calls in a row only the last has any.
import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { words } from '../strings/shared';
import { tellFailed } from './toast';

export interface Upon<Answer> {
  /** Forgets what was typed, says what was done. */
  onSuccess?: (answer: Answer) => void;
  /** Goes on from there: closes the panel, opens what was made. Not where the reader has gone to another page. */
  onHere?: (answer: Answer) => void;
  /** Shows more of why it failed than `error` does, which whatever asked shows. */
  onError?: (error: Error) => void;
  /** Says that it failed, where nothing on the page shows that. */
  notDone?: string;
}

type Replaced<Result, Mutate> = Result extends unknown ? Omit<Result, 'mutate'> & { mutate: Mutate } : never; // of each state
export type Write<Answer, Given> = Replaced<UseMutationResult<Answer, Error, Given>, (given: Given, upon?: Upon<Answer>) => void>;

/** What fails after what asked is gone is told as well. */
export function useWrite<Answer, Given = void>(options: UseMutationOptions<Answer, Error, Given>): Write<Answer, Given> {
  const result = useMutation(options);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const { mutateAsync } = result;
  const mutate = useCallback(
    (given: Given, { onSuccess, onHere, onError, notDone }: Upon<Answer> = {}) => {
      const { pathname } = window.location;
      const done = (answer: Answer) => {
        onSuccess?.(answer);
        if (window.location.pathname === pathname) onHere?.(answer);
      };
      const failed = (error: Error) => {
        onError?.(error);
        const said = notDone ?? (isShown.current ? undefined : words.leftBehind);
        if (said !== undefined) tellFailed(said, error);
      };
      void mutateAsync(given).then(done, failed);
    },
    [mutateAsync],
  );
  return { ...result, mutate };
}
