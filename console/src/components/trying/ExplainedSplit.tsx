// Where a context falls in a split: its bucket on the bar of the shares.
import type { TracedSplit } from '../../api/explaining';
import { bucketPercent } from '../../format/explanation';
import { variationName } from '../../format/value';
import { tryWords as words } from '../../strings/trying';
import { variationColor, VariationMark } from '../flags/VariationMark';
import classes from './trying.module.css';

export function ExplainedSplit({ split }: { split: TracedSplit }) {
  const { bucket, shares, contextKind, attribute, value, chosen } = split;
  return (
    <div className={classes.split}>
      <p>
        {words.split(contextKind, attribute)}{' '}
        {bucket === undefined ? (
          words.noKind(contextKind)
        ) : (
          <>
            <code>{value}</code> {words.fallsAt} <b>{bucketPercent(bucket)}</b>
          </>
        )}
      </p>
      <div className={classes.scale} aria-hidden>
        {bucket !== undefined && <span className={classes.pin} style={{ left: `${bucket * 100}%` }} />}
        <div className={classes.shares}>
          {shares.map(({ begin, end, variation }, place) => (
            <span
              key={place}
              style={{
                flexGrow: end - begin,
                background: variation === undefined ? 'var(--fs-edge)' : variationColor(variation.index, variation.value === false),
              }}
            />
          ))}
        </div>
      </div>
      <ul className={classes.legend}>
        {shares
          .map((share, place) => ({ ...share, place }))
          .filter(({ begin, end }) => end > begin)
          .map(({ begin, end, variation, place }) => (
            <li key={place} data-chosen={place === chosen || undefined}>
              {variation && <VariationMark index={variation.index} isFalse={variation.value === false} size={10} />}
              {variation && <span dir="auto">{variationName(variation)}</span>}
              <span>{words.share(bucketPercent(begin), bucketPercent(end))}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
