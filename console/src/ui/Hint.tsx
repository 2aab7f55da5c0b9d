// A tooltip of which nothing is there until somebody points at its element for a while, or goes to it by key: lists
// have one in every line.
import type { TooltipProps } from '@mantine/core';
import { Suspense, cloneElement, lazy, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { useDelayed } from './delayed';
import { readLate } from './readLate';

const ShownHint = lazy(() => readLate(() => import('./ShownHint')));
const DELAY = 400; // milliseconds, as of every tooltip

export interface HintProps extends Pick<TooltipProps, 'position' | 'classNames'> {
  /** What it says, asked when it is shown. */
  label: () => ReactNode;
  /** An element that passes on what it is told of the pointer and the focus. */
  children: ReactElement<Told>;
}

interface Told {
  onPointerEnter: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave: () => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: () => void;
}

export function Hint({ label, children, ...look }: HintProps) {
  const [pointed, point] = useState<HTMLElement | null>(null);
  const [focused, focus] = useState<HTMLElement | null>(null);
  const isRested = useDelayed(pointed !== null, DELAY);
  const target = focused ?? (isRested ? pointed : null);
  const told: Told = {
    onPointerEnter: ({ pointerType, currentTarget }) => pointerType === 'mouse' && point(currentTarget),
    onPointerLeave: () => point(null),
    onFocus: ({ currentTarget }) => currentTarget.matches(':focus-visible') && focus(currentTarget),
    onBlur: () => focus(null),
  };
  return (
    <>
      {cloneElement(children, told)}
      {target && (
        <Suspense fallback={null}>
          <ShownHint {...look} target={target} label={label()} />
        </Suspense>
      )}
    </>
  );
}
