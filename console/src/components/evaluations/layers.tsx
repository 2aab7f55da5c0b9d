// What a flag served, as the layers of a chart: its variations in their order, then removed ones and the value in the code.
import { actorOf, type AuditEntry } from '../../api/audit';
import type { Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { isDenied } from '../../format/audit';
import { plainText } from '../../format/markdown';
import { variationName } from '../../format/value';
import { paths } from '../../paths';
import { evaluationWords as words } from '../../strings/evaluations';
import type { Marker } from '../../ui/chart/Markers';
import type { Layer } from '../../ui/chart/StackedAreas';
import { variationColor, VariationMark } from '../flags/VariationMark';
import type { Place } from '../place';

/** How a variation is called; null is the value in the program's own code. */
export function servedName({ variations }: Flag, index: number | null): string {
  if (index === null) return words.codeDefault;
  const variation = variations[index];
  return variation === undefined ? words.removedVariation(index + 1) : variationName(variation);
}

export function layersOf(flag: Flag, { variations }: Evaluations): Layer[] {
  return variations.map(({ variation, series }) => {
    const isFalse = variation !== null && flag.variations[variation]?.value === false;
    return {
      key: String(variation),
      label: servedName(flag, variation),
      color: variation === null ? 'var(--fs-edge)' : variationColor(variation, isFalse),
      mark: variation !== null && <VariationMark index={variation} isFalse={isFalse} size={10} />,
      series,
    };
  });
}

/** The versions of the flag in the environment that were made in that time. */
export function markersOf(entries: AuditEntry[], flag: Flag, place: Place, { begin, step, points }: Evaluations): Marker[] {
  const history = paths.flag(place.project.key, place.environment.key, flag.key, 'history');
  return entries.flatMap((entry) => {
    const version = entry.versions?.find(({ environmentKey }) => environmentKey === place.environment.key)?.after;
    const at = (entry.date - begin) / step;
    if (isDenied(entry) || version === undefined || at < 0 || at > points) return [];
    const title = `${actorOf(entry)} ${plainText(entry.titleVerb)}`;
    return [{ key: entry._id, at, label: `v${version}`, title, to: `${history}?entry=${entry._id}` }];
  });
}
