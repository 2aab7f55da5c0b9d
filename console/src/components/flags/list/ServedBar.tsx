// What a flag served of late: a split bar, and the largest shares by name.
import { VisuallyHidden } from '@mantine/core';
import { largestShares, servedShares, sharePercent } from '../../../format/traffic';
import { flagListWords as words } from '../../../strings/flagList';
import type { FlagRow, Traffic } from '../../../api/flagRows';
import { variationColor, VariationMark } from '../VariationMark';
import { isFalseOf, nameOf } from './naming';
import classes from './list.module.css';

const NAMED = 2; // shares that have their name below the bar

export function ServedBar({ flag, traffic }: { flag: FlagRow; traffic: Traffic['items'][number] | undefined }) {
  if (traffic === undefined) return <span className={classes.waiting} />;
  const shares = servedShares(traffic.variations);
  if (shares.length === 0) return <span className={classes.quiet}>{words.notServed}</span>;
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
    </div>
  );
}
