// Variations by their place in the list, of which one may be gone.
import { targetingWords as words } from '../strings/targeting';
import { variationName } from './value';

/** The name of the variation at an index, or which one it was. */
export function variationNameAt(variations: readonly { name?: string; value?: unknown }[], index: number): string {
  const variation = variations[index];
  return variation === undefined ? words.variationAt(index) : variationName(variation);
}
