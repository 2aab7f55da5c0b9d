// What a flag served of late: a split bar, and the largest shares by name.
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { largestShares, servedShares, sharePercent } from '../../../format/traffic';
import { flagListWords as words } from '../../../strings/flagList';
import type { FlagRow } from '../../../api/flagRows';
import { variationColor, VariationMark } from '../VariationMark';
import { isFalseOf, nameOf } from './naming';
import { useTrafficOf } from './traffic';
import classes from './list.module.css';

const NAMED = 2; // shares that have their name below the bar

export interface ServedBarProps {
  flag: FlagRow;
  /** What stands at the end of the line below the bar. */
  children?: ReactNode;
}

export function ServedBar({ flag, children }: ServedBarProps) {
  const traffic = useTrafficOf(flag.key);
  const shares = traffic === undefined ? [] : servedShares(traffic.variations);
  if (shares.length === 0) {
    return (
      <div className={classes.unserved}>
        {traffic === undefined ? <span className={classes.waiting} /> : <span className={classes.quiet}>{words.notServed}</span>}
        {children}
      </div>
    );
  }
  const { shown, more } = largestShares(shares, NAMED);
  const told = shares.map(({ variation, share }) => `${nameOf(flag, variation)} ${sharePercent(share)}`).join(', ');
  return (
    <div className={classes.served} title={told}>
      <VisuallyHidden>{words.servedNow(told)}</VisuallyHidden>
      <div className={classes.bar} aria-hidden>
        {shares.map(({ variation, share }) => (
          <span
            key={variation}
            style={{
              flexGrow: share,
              background: variation === null ? 'var(--fs-edge)' : variationColor(variation, isFalseOf(flag, variation)),
            }}
          />
        ))}
      </div>
      <div className={classes.below}>
        <div className={classes.legend} aria-hidden>
          {shown.map(({ variation, share }) => (
            <span key={variation} className={classes.share}>
              {variation !== null && <VariationMark index={variation} isFalse={isFalseOf(flag, variation)} size={10} />}
              <span className={classes.shareName} dir="auto">
                {nameOf(flag, variation)}
              </span>
              {share < 1 && <span>{sharePercent(share)}</span>}
            </span>
          ))}
          {more > 0 && <span>{words.moreShares(more)}</span>}
        </div>
        {children}
      </div>
    </div>
  );
}
