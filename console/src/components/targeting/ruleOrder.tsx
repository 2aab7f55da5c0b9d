// The order of rules: each is dragged by its handle, or moved by keys and from its menu, which is said.
import { VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { moved } from '../../format/dragging';
import { targetingWords as words } from '../../strings/targeting';
import { useShortcuts } from '../../ui/shortcuts';
import { useSteady } from '../../ui/steady';
import { placeOf, useDragging } from './dragging';
import { moveAndKeepFocus, RuleHandle } from './RuleHandle';

/** What a rule gets that stands among others. */
export interface Ordered {
  /** From 1. */
  place: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  /** What it is dragged by, where there are others. */
  handle: ReactNode;
}

/** `itemOf` is for the element that is moved, `partsOf` for the rule in it; `said` stands once on the page. */
export function useRuleOrder<T>(rules: T[], isLocked: boolean, onOrder: (rules: T[]) => void) {
  const [said, say] = useState('');
  const count = rules.length;
  // Steady, so that rules which stay as they are need not be drawn again.
  const move = useSteady((from: number, to: number) => {
    if (to < 0 || to >= count) return;
    onOrder(moved(rules, from, to));
    say(words.moved(from + 1, to + 1, count));
  });
  const { itemOf, handleOf, cancel } = useDragging(move);
  const moveFocused = (by: -1 | 1) => {
    const element = document.activeElement;
    const at = placeOf(element);
    if (at !== undefined && element instanceof HTMLElement) moveAndKeepFocus(element, () => move(at, at + by));
  };
  const keys = [
    { keys: 'alt+up', label: words.moveRuleUp, run: () => moveFocused(-1), scope: 'row' as const },
    { keys: 'alt+down', label: words.moveRuleDown, run: () => moveFocused(1), scope: 'row' as const },
  ];
  useShortcuts(isLocked || count < 2 ? [] : keys);
  const partsOf = (at: number): Ordered => {
    const onMove = (by: -1 | 1) => move(at, at + by);
    const handle = <RuleHandle place={at + 1} drag={handleOf(at)} onMove={onMove} onCancel={cancel} />;
    return { place: at + 1, count, onMove, handle: count > 1 && handle };
  };
  return { itemOf, partsOf, said: <VisuallyHidden role="status">{said}</VisuallyHidden> };
}
