// A variation as it is called everywhere: its mark and its name, or its value if it has none.
import { shortValue, variationName } from '../../format/value';
import { VariationMark } from './VariationMark';
import classes from './flags.module.css';

export interface VariationChipProps {
  variation: { name?: string; value?: unknown };
  index: number;
  /** Without its frame, for sentences and legends. */
  isPlain?: boolean;
}

export function VariationChip({ variation, index, isPlain = false }: VariationChipProps) {
  const isValue = !variation.name && typeof variation.value !== 'boolean';
  return (
    <span className={classes.chip} data-plain={isPlain || undefined} title={shortValue(variation.value)}>
      <VariationMark index={index} isFalse={variation.value === false} />
      <span className={classes.chipName} data-value={isValue || undefined} dir="auto">
        {variationName(variation)}
      </span>
    </span>
  );
}
