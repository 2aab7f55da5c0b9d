// The shares of a split on one bar, with a handle between each two of them.
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Flag } from '../../api/flags';
import { percent } from '../../format/number';
import { boundariesOf, moveBoundary, stepOfKey } from '../../format/shares';
import { WHOLE, type Rollout } from '../../format/steps';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { SplitBar } from '../flags/SplitBar';
import classes from './targeting.module.css';

const PERCENT = WHOLE / 100;

export interface RolloutBarProps {
  rollout: Rollout;
  /** The share of every variation, by its index. */
  weights: number[];
  variations: Flag['variations'];
  onChange: (weights: number[]) => void;
}

export function RolloutBar({ rollout, weights, variations, onChange }: RolloutBarProps) {
  const ordered = { ...rollout, variations: weights.map((weight, variation) => ({ variation, weight })) };
  const isWhole = weights.reduce((sum, weight) => sum + weight, 0) <= WHOLE;
  const nameOf = (index: number) => variationNameAt(variations, index);
  const drag = (at: number) => (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const scale = event.currentTarget.parentElement?.getBoundingClientRect();
    if (scale === undefined || scale.width === 0) return;
    const share = (event.clientX - scale.left) / scale.width;
    onChange(moveBoundary(weights, at, Math.round(share * 100) * PERCENT));
  };
  const press = (at: number, end: number) => (event: KeyboardEvent) => {
    const step = stepOfKey(event.key, event.shiftKey);
    if (step === undefined) return;
    event.preventDefault();
    onChange(moveBoundary(weights, at, end + step));
  };
  return (
    <div className={classes.rollout} dir="ltr">
      <SplitBar rollout={ordered} variations={variations} />
      {isWhole &&
        boundariesOf(weights).map((end, at) => (
          <span
            key={at}
            role="slider"
            tabIndex={0}
            className={classes.boundary}
            style={{ left: `${end / PERCENT}%` }}
            aria-label={words.boundary(nameOf(at), nameOf(at + 1))}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={end / PERCENT}
            aria-valuetext={[at, at + 1].map((one) => `${nameOf(one)} ${percent(weights[one] ?? 0)}`).join(', ')}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag(at)}
            onKeyDown={press(at, end)}
          />
        ))}
    </div>
  );
}
