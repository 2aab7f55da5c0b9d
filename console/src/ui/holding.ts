// Holding a finger on something for a while, which does another thing than a tap.
import { useRef, type PointerEvent } from 'react';

const LONG = 500; // milliseconds
const STILL = 10; // pixels that a finger may move meanwhile

/** What an element that can be held gets; the tap that ends a hold is not one. */
export function useHolding() {
  const held = useRef<{ timer: number; x: number; y: number } | undefined>(undefined);
  const end = () => {
    window.clearTimeout(held.current?.timer);
    held.current = undefined;
  };
  const begin = ({ pointerType, clientX, clientY }: PointerEvent, onHold: () => void) => {
    end();
    if (pointerType !== 'touch') return;
    const hold = () => {
      held.current = undefined;
      window.addEventListener('click', swallow, { capture: true, once: true });
      window.addEventListener('pointerdown', () => window.removeEventListener('click', swallow, true), { capture: true, once: true });
      onHold();
    };
    held.current = { timer: window.setTimeout(hold, LONG), x: clientX, y: clientY };
  };
  const follow = ({ clientX, clientY }: PointerEvent) => {
    if (held.current && Math.hypot(clientX - held.current.x, clientY - held.current.y) > STILL) end();
  };
  return (onHold: () => void) => ({
    onPointerDown: (event: PointerEvent) => begin(event, onHold),
    onPointerMove: follow,
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: end,
  });
}

function swallow(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
