// Dragging the items of a list by their handles, with mouse, pen or finger.
import { useRef, useState, type CSSProperties, type PointerEvent } from 'react';
import { lineAt, placeAt, scrollStep } from '../../format/dragging';

export interface Drag {
  from: number;
  to: number;
  /** How far it is from where it stood, in pixels. */
  shift: number;
}

/** What is known of a drag while it goes on. */
interface Held {
  from: number;
  to: number;
  y: number;
  grip: number; // from the top of the item
  shift: number;
  item: HTMLElement;
  others: HTMLElement[];
  frame: number;
}

const ITEM = 'data-dragging-place';

/** The place of the item that an element stands in. */
export function placeOf(element: Element | null): number | undefined {
  const place = element?.closest(`[${ITEM}]`)?.getAttribute(ITEM);
  return place === null || place === undefined ? undefined : Number(place);
}

/** The item at a place of the list that is on the page. */
export const atPlace = (place: number): HTMLElement | null => document.querySelector<HTMLElement>(`[${ITEM}="${place}"]`);

/** What the items of the list and their handles get; `onDrop` is told the places before and after. */
export function useDragging(onDrop: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag>();
  const held = useRef<Held | undefined>(undefined);
  const end = (isDropped: boolean) => {
    const { current } = held;
    if (current === undefined) return;
    cancelAnimationFrame(current.frame);
    held.current = undefined;
    setDrag(undefined);
    if (isDropped && current.to !== current.from) onDrop(current.from, current.to);
  };
  const follow = () => {
    const { current } = held;
    if (current === undefined) return;
    window.scrollBy(0, scrollStep(current.y, window.innerHeight));
    place(current);
    setDrag({ from: current.from, to: current.to, shift: current.shift });
    current.frame = requestAnimationFrame(follow);
  };
  const begin = (from: number, { button, currentTarget, pointerId, clientY }: PointerEvent<HTMLElement>) => {
    const item = currentTarget.closest<HTMLElement>(`[${ITEM}]`);
    if (button !== 0 || item === null) return;
    currentTarget.setPointerCapture(pointerId);
    const items = [...(item.parentElement?.querySelectorAll<HTMLElement>(`[${ITEM}]`) ?? [])];
    const others = items.filter((one) => one !== item);
    const grip = clientY - item.getBoundingClientRect().top;
    held.current = { from, to: from, y: clientY, grip, shift: 0, item, others, frame: 0 };
    follow();
  };
  return {
    itemOf: (at: number) => ({
      [ITEM]: at,
      'data-dragged': drag?.from === at || undefined,
      'data-line': drag && lineAt(at, drag.from, drag.to),
      ...(drag?.from === at && { style: { '--shift': `${drag.shift}px` } as CSSProperties }),
    }),
    handleOf: (at: number) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => begin(at, event),
      onPointerMove: ({ clientY }: PointerEvent<HTMLElement>) => {
        if (held.current) held.current.y = clientY;
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
      onLostPointerCapture: () => end(false),
    }),
    /** Puts it back where it was. */
    cancel: () => end(false),
  };
}

/** Where the pointer means it to be now. */
function place(held: Held): void {
  const middles = held.others.map((other) => {
    const { top, height } = other.getBoundingClientRect();
    return top + height / 2;
  });
  const top = held.item.getBoundingClientRect().top - held.shift;
  held.shift = held.y - held.grip - top;
  held.to = placeAt(middles, held.y);
}
