// What a rule is dragged by; with the arrow keys it goes up and down.
import { IconGripVertical } from '@tabler/icons-react';
import type { HTMLAttributes, KeyboardEvent } from 'react';
import { targetingWords as words } from '../../strings/targeting';
import classes from './targeting.module.css';

export interface RuleHandleProps {
  /** From 1. */
  place: number;
  drag: HTMLAttributes<HTMLButtonElement>;
  onMove: (by: -1 | 1) => void;
  /** Told when a drag is given up by Escape. */
  onCancel: () => void;
}

export function RuleHandle({ place, drag, onMove, onCancel }: RuleHandleProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key === 'Escape') onCancel();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    moveAndKeepFocus(event.currentTarget, () => onMove(event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <button type="button" className={classes.handle} aria-label={words.dragRule(place)} title={words.dragHint} onKeyDown={onKeyDown} {...drag}>
      <IconGripVertical size={16} stroke={1.6} aria-hidden />
    </button>
  );
}

/** An element that is moved in the page loses the focus otherwise. */
export function moveAndKeepFocus(element: HTMLElement, move: () => void): void {
  move();
  requestAnimationFrame(() => element.focus());
}
