// The edge of a column of the list, by which it is made wider or narrower: with mouse or pen, or by arrow keys.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { ColumnChoice } from '../../../format/columns';
import { NARROWEST, WIDEST, withWidth } from '../../../format/widths';
import { widthWords as words } from '../../../strings/widths';
import classes from './list.module.css';

const STEP = 8; // pixels
const LEAP = 40;

export interface WidthHandleProps {
  column: string;
  /** What the column is called. */
  name: string;
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

export default function WidthHandle({ column, name, choice, onChange }: WidthHandleProps) {
  const width = choice.widths[column];
  const widen = (to?: number) => onChange(withWidth(choice, column, to));
  const handle = useRef<HTMLSpanElement>(null);
  const dragged = useRef<{ from: number; width: number }>(undefined);
  const measure = () => Math.round(handle.current?.parentElement?.getBoundingClientRect().width ?? NARROWEST);
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { from: event.clientX, width: measure() };
  };
  const drag = ({ clientX }: PointerEvent) => {
    if (dragged.current !== undefined) widen(dragged.current.width + clientX - dragged.current.from);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined && event.key !== 'Home') return;
    event.preventDefault();
    event.stopPropagation();
    widen(by === undefined ? undefined : measure() + by * (event.shiftKey ? LEAP : STEP));
  };
  return (
    <span
      ref={handle}
      role="slider"
      tabIndex={0}
      className={classes.handle}
      title={words.widthHint}
      aria-label={words.widthOf(name)}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={width ?? NARROWEST}
      aria-valuetext={width === undefined ? words.usual : words.pixels(width)}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={() => (dragged.current = undefined)}
      onLostPointerCapture={() => (dragged.current = undefined)}
      onDoubleClick={() => widen()}
      onKeyDown={press}
    />
  );
}
